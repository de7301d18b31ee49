import { labels } from './labels';

/** What went wrong, ready to be shown. */
export interface Problem {
  /** True when the reader lacks the right to see or to do it. */
  readonly denied: boolean;
  readonly sentence: string;
  readonly nextStep: string;
}

/** An error that says itself what to do next. */
export class SolvableError extends Error {
  readonly nextStep: string;

  constructor(sentence: string, nextStep: string) {
    super(sentence);
    this.nextStep = nextStep;
  }
}

/** What Apex and the UI API reject with. */
interface OrgError {
  readonly status?: number;
  readonly statusCode?: number;
  readonly message?: string;
  readonly body?: OrgError | readonly OrgError[];
}

const noAccess = /do(es)? not have access to the Apex class|INSUFFICIENT_ACCESS|insufficient (access|privileges)/i;

/** Any thrown value → sentence and next step. The org's own sentence is kept. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SolvableError) return { denied: false, sentence: error.message, nextStep: error.nextStep };
  const given = (typeof error === 'object' && error !== null ? error : {}) as OrgError;
  const [body] = [given.body ?? {}].flat() as readonly OrgError[];
  const sentence = body?.message ?? given.message ?? '';
  if (given.status === 403 || given.statusCode === 403 || noAccess.test(sentence)) {
    return { denied: true, sentence: labels.denied, nextStep: labels.deniedNext };
  }
  if (sentence !== '') return { denied: false, sentence, nextStep: '' };
  return { denied: false, sentence: labels.unknown, nextStep: labels.unknownNext };
}
