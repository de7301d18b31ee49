import { CredentialsError, LeaseLostError, RetryError, type Clock, type Transport } from '../../engine/index.ts';

import { faultOf, hasEnded, orgError, type OrgFault } from '../errors.ts';
import type { Login, Session } from './session.ts';

export const apiVersion = '66.0';
/** Names us to the org, which repeats it as the origin of each change that we make (`Sforce-Call-Options`). */
export const clientName = 'Plumbline';

export interface ChannelRequest {
  readonly method: string;
  /** From the host's root: `/services/data/v66.0/limits`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** What is asked of the org, as a noun, for errors: `the query of Lead`. */
  readonly doing: string;
}

export interface Exchange {
  /** A 2xx reply. */
  readonly response: Response;
  /** Time by the org's own clock before the org can have started to answer, milliseconds since 1970. */
  readonly readAt: number;
}

/** Calls of an org's API as one user: logs in when needed, once more when the session has ended. */
export interface Channel {
  /** Throws the errors of `engine/errors` for anything but a 2xx reply. */
  send(request: ChannelRequest): Promise<Exchange>;
  session(): Promise<Session>;
  /** Calls of the last 24 hours as the org last told (`Sforce-Limit-Info`), absent before the first reply. */
  budget(): { readonly used: number; readonly limit: number } | undefined;
  readonly clock: Clock;
}

export interface ChannelOptions {
  readonly transport: Transport;
  readonly login: Login;
  readonly clock: Clock;
}

export function createChannel({ transport, login, clock }: ChannelOptions): Channel {
  let session: Promise<Session> | undefined;
  let budget: { used: number; limit: number } | undefined;

  function currentSession(): Promise<Session> {
    session ??= login.login().catch((error: unknown) => {
      session = undefined;
      throw error;
    });
    return session;
  }

  async function attempt(request: ChannelRequest, held: Session): Promise<Exchange> {
    const startedAt = clock.now();
    const response = await reach(transport, request, held);
    budget = usage(response.headers.get('sforce-limit-info')) ?? budget;
    return { response, readAt: orgTime(response.headers.get('date'), startedAt, clock.now()) };
  }

  return {
    clock,
    session: currentSession,
    budget: () => budget,
    async send(request) {
      const asked = currentSession();
      let exchange = await attempt(request, await asked);
      if (exchange.response.ok) return exchange;
      let fault = await faultIn(exchange.response, request.doing);
      if (hasEnded(fault)) {
        // Several requests may meet the same ended session: only the first of them logs in again.
        if (session === asked) session = undefined;
        exchange = await attempt(request, await currentSession());
        if (exchange.response.ok) return exchange;
        fault = await faultIn(exchange.response, request.doing);
      }
      if (hasEnded(fault)) session = undefined;
      throw orgError(fault, request.doing, clock.now());
    },
  };
}

async function faultIn(response: Response, doing: string): Promise<OrgFault> {
  return faultOf(response.status, await bodyText(response, doing));
}

/** The body of a reply as text; throws `RetryError` when the connection is cut before its end. */
export async function bodyText(response: Response, doing: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new RetryError(`The answer to ${doing} was cut off.`, [], { cause });
  }
}

async function reach(transport: Transport, request: ChannelRequest, session: Session): Promise<Response> {
  if (/[\r\n]/.test(session.accessToken)) {
    throw new CredentialsError('The access token has a line break in it.', ['Copy the token again, in one line.']);
  }
  const headers = {
    ...request.headers,
    authorization: `Bearer ${session.accessToken}`,
    'sforce-call-options': `client=${clientName}`,
  };
  try {
    return await transport(
      new Request(session.instanceUrl + request.path, {
        method: request.method,
        headers,
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
    );
  } catch (cause) {
    if (cause instanceof LeaseLostError) throw cause;
    throw new RetryError(`Salesforce could not be reached for ${request.doing}, or did not answer.`, [], { cause });
  }
}

/** `api-usage=18/5000`, perhaps followed by `; per-app-api-usage=…`. */
function usage(header: string | null): { used: number; limit: number } | undefined {
  const match = header === null ? null : /(?:^|[\s;])api-usage=(\d+)\/(\d+)/.exec(header);
  return match ? { used: Number(match[1]), limit: Number(match[2]) } : undefined;
}

/**
 * `Date` tells whole seconds of when the reply was made; the request took `endedAt - startedAt`, so the org cannot have
 * started before the one less the other. Without a `Date` our own clock at the start stands in.
 */
function orgTime(date: string | null, startedAt: number, endedAt: number): number {
  const told = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(told) ? startedAt : told - (endedAt - startedAt);
}
