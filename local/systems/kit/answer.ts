/** What a call is answered with, before it becomes HTTP. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; undefined: nothing at all is sent. */
  readonly body: unknown;
  /** Of a body that is a text and is sent as it is; or of `pieces`. */
  readonly type?: 'text/plain' | 'text/csv';
  /** A long body in pieces of text, each made when the reader asks for it; takes the place of `body`. */
  readonly pieces?: Iterable<string>;
}

/** Ends a call with an answer from deep inside it. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('refused');
    this.answer = answer;
  }
}

export function toResponse({ status, body, type, pieces }: Answer): Response {
  const headers = { 'content-type': type === undefined ? 'application/json' : `${type}; charset=utf-8` };
  if (pieces !== undefined) return new Response(textStream(pieces), { status, headers });
  if (body === undefined) return new Response(null, { status });
  return new Response(typeof body === 'string' && type !== undefined ? body : JSON.stringify(body), {
    status,
    headers,
  });
}

/** Texts as a body, each taken when there is room for it. */
export function textStream(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
}
