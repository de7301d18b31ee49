import type { Answer } from '../kit/index.ts';

/** Pendo refuses a key, and a write by a key that may only read, with a 403 and no body. */
export const forbidden: Answer = { status: 403, body: undefined };

/** A refusal in words. Its status is documented, its text is not: clients must not read it. */
export function refused(status: number, message: string): Answer {
  return { status, body: message, type: 'text/plain' };
}
