import type { Answer } from '../kit/index.ts';

/** Iterable's envelope for a call that only confirms. */
export function success(msg = ''): Answer {
  return { status: 200, body: { msg, code: 'Success', params: null } };
}

/** Iterable's envelope for a refusal. */
export function failure(status: number, code: string, msg: string, params: unknown = null): Answer {
  return { status, body: { msg, code, params } };
}
