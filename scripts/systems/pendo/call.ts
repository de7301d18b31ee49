import {
  CredentialsError,
  RetryError,
  SettingsError,
  WaitError,
  type Clock,
  type PlumblineError,
  type Random,
  type ReasonCode,
  type Transport,
  type Urgency,
} from '../../engine/index.ts';
import { backOff, NotSentError, type Lane } from '../../http/index.ts';

/** What Pendo says of a request that it does not take. */
export interface Refusal {
  readonly status: number;
  /** As it came: JSON or plain words. It may quote values, so it is looked into and never passed on. */
  readonly text: string;
}

/** What became of a request. */
export type Reply =
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
  readonly body?: string | Uint8Array;
  /** IDs in the path are written in base64, since they would not survive in a URL. */
  readonly base64?: boolean;
  /** Told just before the request leaves. */
  readonly onStart?: () => Promise<void>;
}

/** Pendo's API with one integration key. */
export interface Caller {
  /** Never throws for what Pendo answers; throws what `onStart` throws. */
  call(call: Call): Promise<Reply>;
  /** For reads: the body, or the error that says what to do next. */
  read(call: Call): Promise<unknown>;
}

export interface CallerOptions {
  readonly baseUrl: string;
  readonly integrationKey: string;
  readonly connection: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
}

export function createCaller(options: CallerOptions): Caller {
  const { clock } = options;
  let limitsMet = 0;

  async function exchange({ method, path, body, base64 }: Call): Promise<Reply> {
    const headers = {
      'x-pendo-integration-key': options.integrationKey,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(base64 === true ? { 'x-pendo-base64-encoded-params': 'true' } : {}),
    };
    let response: Response;
    let text: string;
    try {
      response = await options.transport(
        new Request(options.baseUrl + path, { method, headers, ...(body === undefined ? {} : { body }) }),
      );
      text = await response.text();
    } catch (error) {
      if (error instanceof NotSentError) return { kind: 'failed', error };
      return { kind: 'unanswered', detail: 'Pendo did not answer.' };
    }
    return classify(response.status, text);
  }

  function classify(status: number, text: string): Reply {
    if (status >= 500) return { kind: 'unanswered', detail: `Pendo answered with status ${status}.` };
    if (status < 200 || status >= 300) return { kind: 'refused', refusal: { status, text } };
    const body = parse(text);
    if (body === undefined) return { kind: 'unanswered', detail: 'The answer of Pendo was cut off.' };
    limitsMet = 0;
    return { kind: 'taken', body };
  }

  async function call(request: Call): Promise<Reply> {
    const reply = await request.lane.run({
      urgency: request.urgency,
      ...(request.onStart ? { prepare: request.onStart } : {}),
      send: () => exchange(request),
    });
    if (reply.kind !== 'refused') return reply;
    const { status, text } = reply.refusal;
    if (status === 429 || (status === 403 && /rateLimit/i.test(text))) {
      // No Retry-After comes with it, so the pause grows by itself until a request is taken.
      limitsMet += 1;
      const until = clock.now() + backOff(limitsMet, options.random);
      request.lane.pauseUntil(until);
      const actions = ['Nothing to do: it goes on by itself.'];
      return {
        kind: 'failed',
        error: new WaitError('Pendo takes no more requests for the moment.', until, actions),
      };
    }
    // A wrong, revoked or foreign key gets a 403 without a word, a read-only one that writes perhaps with one.
    if (status === 401 || status === 403) return { kind: 'failed', error: notAccepted(options.connection) };
    return reply;
  }

  return {
    call,
    async read(request) {
      const reply = await call(request);
      if (reply.kind === 'taken') return reply.body;
      if (reply.kind === 'failed') throw reply.error;
      if (reply.kind === 'unanswered') throw new RetryError(reply.detail, []);
      if (reply.refusal.status === 408)
        throw new RetryError('Pendo needed longer than the five minutes it allows.', []);
      throw refusalError(reply.refusal, request.path);
    },
  };
}

/** Why the records of a request that failed wait, when others of their batch were settled before. */
export function heldBy(error: PlumblineError): ReasonCode {
  if (error.next === 'wait') return 'waiting-for-limit';
  return error.next === 'fixSettings' ? 'waiting-for-credentials' : 'passing-fault';
}

/** An error for a refusal that concerns the request as a whole. */
export function refusalError({ status }: Refusal, path: string): SettingsError {
  const where = path.split('?')[0];
  return new SettingsError(`Pendo refused ${where} with status ${status}.`, [
    'Check the region in the settings of this connection, and the object and fields of its syncs.',
  ]);
}

function notAccepted(connection: string): CredentialsError {
  return new CredentialsError(`Pendo does not accept the integration key of the connection "${connection}".`, [
    'Check that the key is not revoked, belongs to the region in the settings, and has write access.',
    'Make one in Pendo, Settings, Integrations, Integration keys, with write access, and give it to Plumbline.',
  ]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or not JSON: what that means depends on the status.
    return undefined;
  }
}
