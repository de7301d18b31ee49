import { z } from 'zod';
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

/** What Iterable says of a request that it does not take. */
export interface Refusal {
  readonly status: number;
  /** Of Iterable's list of codes; empty when the body had none. */
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
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
  /** Told just before the request leaves. */
  readonly onStart?: () => Promise<void>;
}

/** Iterable's API with one key. */
export interface Caller {
  /** Never throws for what Iterable answers; throws what `onStart` throws. */
  call(call: Call): Promise<Reply>;
  /** For reads: the body, or the error that says what to do next. */
  read(call: Call): Promise<unknown>;
}

const envelope = z.object({
  code: z.string().optional(),
  msg: z.string().optional(),
  params: z.record(z.string(), z.unknown()).nullish(),
});

export interface CallerOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly connection: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
}

export function createCaller(options: CallerOptions): Caller {
  const { clock } = options;
  let limitsMet = 0;

  async function exchange({ method, path, body }: Call): Promise<Reply> {
    const headers = {
      'Api-Key': options.apiKey,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
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
      return { kind: 'unanswered', detail: 'Iterable did not answer.' };
    }
    return classify(response.status, text);
  }

  function classify(status: number, text: string): Reply {
    if (status >= 500) return { kind: 'unanswered', detail: `Iterable answered with status ${status}.` };
    const body = parse(text);
    const told = envelope.safeParse(body).data;
    const code = told?.code ?? '';
    // A recorded 401 says "Success", so the status goes first.
    if (status >= 200 && status < 300 && (code === '' || code === 'Success')) {
      if (body === undefined) return { kind: 'unanswered', detail: 'The answer of Iterable was cut off.' };
      limitsMet = 0;
      return { kind: 'taken', body };
    }
    return { kind: 'refused', refusal: { status, code, message: told?.msg ?? '', params: told?.params ?? {} } };
  }

  async function call(request: Call): Promise<Reply> {
    const reply = await request.lane.run({
      urgency: request.urgency,
      ...(request.onStart ? { prepare: request.onStart } : {}),
      send: () => exchange(request),
    });
    if (reply.kind !== 'refused') return reply;
    const { status, code } = reply.refusal;
    if (status === 429 || code === 'RateLimitExceeded') {
      // No Retry-After comes with it, so the pause grows by itself until a request is taken.
      limitsMet += 1;
      const until = clock.now() + backOff(limitsMet, options.random);
      request.lane.pauseUntil(until);
      return {
        kind: 'failed',
        error: new WaitError('Iterable takes no more requests for the moment.', until, [
          'Nothing to do: it goes on by itself.',
        ]),
      };
    }
    const error = credentialsError(reply.refusal, options.connection);
    return error ? { kind: 'failed', error } : reply;
  }

  return {
    call,
    async read(request) {
      const reply = await call(request);
      if (reply.kind === 'taken') return reply.body;
      if (reply.kind === 'failed') throw reply.error;
      if (reply.kind === 'unanswered') throw new RetryError(reply.detail, []);
      throw refusalError(reply.refusal, request.path);
    },
  };
}

/** Why the records of a request that failed wait, when others of their batch were settled before. */
export function heldBy(error: PlumblineError): ReasonCode {
  if (error.next === 'wait') return 'waiting-for-limit';
  return error.next === 'fixSettings' ? 'waiting-for-credentials' : 'passing-fault';
}

/** An error for a refusal that concerns the request as a whole; Iterable's own sentence may quote a value. */
export function refusalError({ status, code }: Refusal, path: string): SettingsError {
  const where = path.split('?')[0];
  return new SettingsError(`Iterable refused ${where}: ${code || `status ${status}`}.`, [
    'Check the region and the identity in the settings of this connection.',
  ]);
}

const credentialCodes = new Set([
  'BadApiKey',
  'BadAuthorizationHeader',
  'Unauthorized',
  'InvalidJwtPayload',
  'JwtUserIdentifiersMismatched',
]);

function credentialsError({ status, code }: Refusal, connection: string): SettingsError | undefined {
  if (status === 401 || credentialCodes.has(code)) {
    return new CredentialsError(`Iterable does not accept the API key of the connection "${connection}".`, [
      'Check that the key belongs to this project and to the data centre in the settings (US keys do not work in the EU).',
      'Make a server-side key in Iterable, Integrations, API Keys, and give it to Plumbline.',
    ]);
  }
  if (status === 403 || code === 'Forbidden') {
    return new CredentialsError(`The API key of the connection "${connection}" may not do this.`, [
      'Use a server-side key: mobile and web keys may not update users in bulk.',
    ]);
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or not JSON: what that means depends on the status.
    return undefined;
  }
}
