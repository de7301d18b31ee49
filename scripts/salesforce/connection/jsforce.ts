import { PassThrough } from 'node:stream';
import { Connection } from 'jsforce/lib/connection.js';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { RetryError } from '../../engine/index.ts';
import { apiVersion, bodyText, type Channel } from './channel.ts';

/** Stands in for the host, which is known after the login only; the channel puts the real one in its place. */
const anyHost = 'https://org.invalid';

/**
 * jsforce's way out, over our channel: no sockets, timers or retries of its own. A refusal is thrown as our error
 * before jsforce sees it.
 */
export class ChannelTransport extends Transport {
  readonly #channel: Channel;
  readonly #doing: string;
  /** `Exchange.readAt` of the last request. */
  readAt = 0;

  constructor(channel: Channel, doing: string) {
    super();
    this.#channel = channel;
    this.#doing = doing;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    if (request.body !== undefined && request.body !== null && typeof request.body !== 'string') {
      throw new TypeError(`not yet: a request body that is not text (${this.#doing})`);
    }
    // fetch measures the body itself and refuses a length that somebody else set.
    const { 'content-length': _length, ...headers } = request.headers ?? {};
    const { response, readAt } = await this.#channel.send({
      method: request.method,
      path: request.url.startsWith(anyHost) ? request.url.slice(anyHost.length) : request.url,
      headers,
      ...(request.body ? { body: request.body } : {}),
      doing: this.#doing,
    });
    this.readAt = readAt;
    const body = await bodyText(response, this.#doing);
    if (/^text\/html/.test(response.headers.get('content-type') ?? '')) {
      throw new RetryError(`Salesforce answered ${this.#doing} with a web page, as it does during maintenance.`, []);
    }
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
  }
}

/** A jsforce connection for one job; `doing` names the job in errors. */
export function createJsforceConnection(
  channel: Channel,
  doing: string,
): Connection & { readonly way: ChannelTransport } {
  const way = new ChannelTransport(channel, doing);
  const connection = new Connection({ version: apiVersion, instanceUrl: anyHost });
  connection._transport = way;
  return Object.assign(connection, { way });
}
