/** What a call is answered with, before it becomes HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Lists answer in plain text; everything else is JSON. */
  readonly type?: 'text';
}

/** Iterable's envelope for a call that only confirms. */
export function success(msg = ''): Answer {
  return { status: 200, body: { msg, code: 'Success', params: null } };
}

/** Iterable's envelope for a refusal. */
export function failure(status: number, code: string, msg: string, params: unknown = null): Answer {
  return { status, body: { msg, code, params } };
}

/** Ends a call with an answer from deep inside it. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('refused');
    this.answer = answer;
  }
}
