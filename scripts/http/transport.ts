import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { Transport } from '../engine/index.ts';
import { NotSentError, UnansweredError } from './errors.ts';

export interface TransportOptions {
  /** Connections to one host; as many requests to it are under way at once. */
  readonly maxConnections: number;
  /** Until a connection stands; 10,000 when not given. */
  readonly connectMilliseconds?: number;
  /** From the request's last byte to the answer's headers; 120,000 when not given. */
  readonly headersMilliseconds?: number;
  /** Between two pieces of the answer's body; 120,000 when not given. */
  readonly bodyMilliseconds?: number;
  /** Called as a request is about to be written to its connection; what it throws keeps the request back. */
  readonly leaving?: () => void;
}

export interface HttpTransport {
  readonly transport: Transport;
  /** Closes the connections once the requests under way are done. */
  close(): Promise<void>;
}

/**
 * HTTP over kept-alive connections. The transport rejects with `NotSentError`, `UnansweredError` or what `leaving` threw,
 * never because of what an answer says. Redirects are handed back as they are: followed, they would carry credentials to
 * another host.
 */
export function createTransport(options: TransportOptions): HttpTransport {
  const agent = new Agent({
    connections: options.maxConnections,
    pipelining: 1,
    connect: { timeout: options.connectMilliseconds ?? 10_000 },
    headersTimeout: options.headersMilliseconds ?? 120_000,
    bodyTimeout: options.bodyMilliseconds ?? 120_000,
  });
  const { leaving = () => undefined } = options;
  return { transport: (request) => exchange(agent, request, leaving), close: () => agent.close() };
}

async function exchange(agent: Agent, request: Request, leaving: () => void): Promise<Response> {
  const { origin, pathname, search, host } = new URL(request.url);
  const body = request.body && (await bytesOf(request.body));
  const { signal } = request;
  let left = false;
  let keptBack: Error | undefined;
  const leave = (): void => {
    try {
      leaving();
    } catch (error) {
      keptBack = error instanceof Error ? error : new Error(String(error));
      throw keptBack;
    }
    left = !signal.aborted;
  };
  const dispatcher = agent.compose((dispatch) => (given, handler) => dispatch(given, noting(handler, leave)));
  const withdrawn = Promise.withResolvers<never>();
  // undici drops an aborted request only once a connection is free for it.
  const withdraw = (): void => (left ? undefined : withdrawn.reject(signal.reason));
  signal.addEventListener('abort', withdraw);
  try {
    const asked = dispatcher.request({
      origin,
      path: pathname + search,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body,
      signal,
    });
    return toResponse(await Promise.race([asked, withdrawn.promise]));
  } catch (cause) {
    if (keptBack) throw keptBack;
    const what = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
    if (left) throw new UnansweredError(`${host} was sent a request and did not answer it (${what}).`, { cause });
    throw new NotSentError(`${host} could not be reached (${what}).`, { cause });
  } finally {
    signal.removeEventListener('abort', withdraw);
  }
}

/** A body of one piece, as nearly all are, is not copied: `arrayBuffer()` would do so twice. */
async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const [only] = pieces;
  return only && pieces.length === 1 ? only : Buffer.concat(pieces);
}

/** Tells that a request is about to be written to a connection: until then the other side cannot have seen it. */
function noting(handler: Dispatcher.DispatchHandler, leave: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...given) => {
      leave();
      handler.onRequestStart?.(...given);
    },
    onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
    onResponseStart: (...given) => handler.onResponseStart?.(...given),
    onResponseData: (...given) => handler.onResponseData?.(...given),
    onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
    onResponseError: (...given) => handler.onResponseError?.(...given),
  };
}

function toResponse(answer: Dispatcher.ResponseData): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const status = answer.statusCode;
  if (status === 204 || status === 205 || status === 304) {
    answer.body.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(answer.body) as ReadableStream<Uint8Array>, { status, headers });
}
