import {
  RetryError,
  WaitError,
  type Clock,
  type CredentialsError,
  type PlumblineError,
  type Random,
  type ReasonCode,
  type Transport,
  type Urgency,
} from '../../engine/index.ts';
import { backOff, NotSentError, type Lane } from '../../http/index.ts';

/** What became of a request; `Refusal` is what the system says of one that it does not take. */
export type Reply<Refusal> =
  | { readonly kind: 'taken'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It may have been applied. */
  | { readonly kind: 'unanswered'; readonly detail: string }
  /** Nothing was applied. */
  | { readonly kind: 'failed'; readonly error: PlumblineError };

export interface Call {
  readonly lane: Lane;
  readonly urgency: Urgency;
  readonly method: 'GET' | 'POST';
  /** With the query, from the host's root. */
  readonly path: string;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string | Uint8Array;
  /** Told just before the request leaves. */
  readonly onStart?: () => Promise<void>;
}

/** One system's API with one credential. */
export interface Caller<Refusal> {
  /** Never throws for what the system answers; throws what `onStart` throws. */
  call(call: Call): Promise<Reply<Refusal>>;
  /** For reads: the body, or the error that says what to do next. */
  read(call: Call): Promise<unknown>;
}

/** How one system is spoken to, and what it means by its answers. */
export interface Manner<Refusal> {
  /** The system's name as people write it. */
  readonly system: string;
  /** Of every request: the credential. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * What an answer below status 500 refuses; undefined: the request was taken. `body` is its text as JSON, undefined where
   * it is none.
   */
  refusalOf(answer: { readonly status: number; readonly text: string; readonly body: unknown }): Refusal | undefined;
  /** True when too many requests came: it says nothing of this one. */
  isLimit(refusal: Refusal): boolean;
  /** Where the credential is what was refused. */
  credentialsError(refusal: Refusal): CredentialsError | undefined;
  /** The error for a refusal that concerns a request as a whole. */
  refusalError(refusal: Refusal, path: string): PlumblineError;
}

export interface CallerOptions {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
}

/** What all systems have in common: a request through its lane, and what its outcome means for the records in it. */
export function createCaller<Refusal>(
  { baseUrl, transport, clock, random }: CallerOptions,
  manner: Manner<Refusal>,
): Caller<Refusal> {
  const { system } = manner;
  let limitsMet = 0;

  async function exchange({ method, path, headers, body }: Call): Promise<Reply<Refusal>> {
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    let status: number;
    let text: string;
    try {
      const response = await transport(
        new Request(baseUrl + path, {
          method,
          headers: { ...manner.headers, ...content, ...headers },
          ...(body === undefined ? {} : contentOf(body)),
        }),
      );
      status = response.status;
      text = await response.text();
    } catch (error) {
      if (error instanceof NotSentError) return { kind: 'failed', error };
      return { kind: 'unanswered', detail: `${system} did not answer.` };
    }
    if (status >= 500) return { kind: 'unanswered', detail: `${system} answered with status ${status}.` };
    const parsed = parse(text);
    const refusal = manner.refusalOf({ status, text, body: parsed });
    if (refusal !== undefined) return { kind: 'refused', refusal };
    if (parsed === undefined) return { kind: 'unanswered', detail: `The answer of ${system} was cut off.` };
    limitsMet = 0;
    return { kind: 'taken', body: parsed };
  }

  async function call(request: Call): Promise<Reply<Refusal>> {
    const { lane, urgency, onStart } = request;
    const reply = await lane.run({ urgency, ...(onStart && { prepare: onStart }), send: () => exchange(request) });
    if (reply.kind !== 'refused') return reply;
    if (manner.isLimit(reply.refusal)) {
      // Where no Retry-After comes with it, the pause grows by itself until a request is taken.
      limitsMet += 1;
      const until = clock.now() + backOff(limitsMet, random);
      lane.pauseUntil(until);
      const actions = ['Nothing to do: it goes on by itself.'];
      const error = new WaitError(`${system} takes no more requests for the moment.`, until, actions);
      return { kind: 'failed', error };
    }
    const error = manner.credentialsError(reply.refusal);
    return error ? { kind: 'failed', error } : reply;
  }

  return {
    call,
    async read(request) {
      const reply = await call(request);
      if (reply.kind === 'taken') return reply.body;
      if (reply.kind === 'failed') throw reply.error;
      if (reply.kind === 'unanswered') throw new RetryError(reply.detail, []);
      throw manner.refusalError(reply.refusal, request.path);
    },
  };
}

/** Why the records of a request that failed wait, when others of their batch were settled before. */
export function heldBy(error: PlumblineError): ReasonCode {
  if (error.next === 'wait') return 'waiting-for-limit';
  return error.next === 'fixSettings' ? 'waiting-for-credentials' : 'passing-fault';
}

/** Bytes go on as they are: of any other body than a stream a `Request` makes two copies. */
function contentOf(body: string | Uint8Array): Pick<RequestInit, 'body' | 'duplex'> {
  return typeof body === 'string' ? { body } : { body: ReadableStream.from([body]), duplex: 'half' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or not JSON: what that means depends on the status.
    return undefined;
  }
}
