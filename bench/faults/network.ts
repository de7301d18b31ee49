import type { LocalIterable } from '../../local/systems/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import type { Random } from '../../scripts/engine/index.ts';
import type { VirtualClock } from '../../scripts/engine/testing/index.ts';
import { Deliveries } from './deliveries.ts';
import { orgUrl, Reach } from './reach.ts';
import type { Trace } from './trace.ts';

/** Carries requests to both worlds within this process, in the time that the seed decides. */
export class Network {
  readonly deliveries: Deliveries;
  readonly reach: Reach<'org' | 'iterable'>;
  readonly #worlds: { readonly org: LocalOrg; readonly iterable: LocalIterable };
  readonly #clock: VirtualClock;
  readonly #trace: Trace;
  #keyRefusedUntil = 0;
  #pagesToCut = 0;

  constructor(
    worlds: { readonly org: LocalOrg; readonly iterable: LocalIterable },
    ports: { readonly clock: VirtualClock; readonly random: Random; readonly trace: Trace },
  ) {
    this.#worlds = worlds;
    this.#clock = ports.clock;
    this.reach = new Reach(ports);
    this.#trace = ports.trace;
    this.deliveries = new Deliveries(ports.clock);
  }

  /** Iterable does not accept the key for so many milliseconds. */
  refuseKey(milliseconds: number): void {
    this.#keyRefusedUntil = Math.max(this.#keyRefusedUntil, this.#clock.now() + milliseconds);
  }

  /** The next result page of a Bulk query ends before its end. */
  cutPage(): void {
    this.#pagesToCut += 1;
  }

  /** Everything gets through again. */
  mend(): void {
    this.reach.mend();
    this.#keyRefusedUntil = 0;
    this.#pagesToCut = 0;
  }

  /** Rejects as the real transport does: `NotSentError` or `UnansweredError`. */
  async send(request: Request): Promise<Response> {
    const side = request.url.startsWith(orgUrl) ? 'org' : 'iterable';
    const what = `${request.method} ${request.url.slice(request.url.indexOf('/', 8))}`;
    await this.reach.enter(side);
    return side === 'org' ? this.#toOrg(request, what) : this.#toIterable(request, what);
  }

  async #toOrg(request: Request, what: string): Promise<Response> {
    await this.reach.travel('org');
    let response: Response;
    try {
      response = await this.#worlds.org.fetch(request);
    } catch (cause) {
      throw await this.reach.unanswered('org', what, cause);
    }
    // As the HTTP server in front of the local org does.
    response.headers.set('date', new Date(this.#clock.now()).toUTCString());
    this.#trace.add('org', `${what} ${response.status}`);
    await this.reach.travel('org');
    if (this.#pagesToCut > 0 && what.includes('/results?') && response.ok) {
      this.#pagesToCut -= 1;
      return cutShort(await response.text(), response);
    }
    return response;
  }

  async #toIterable(request: Request, what: string): Promise<Response> {
    const body = request.method === 'GET' ? undefined : await request.text();
    const refused = this.#clock.now() < this.#keyRefusedUntil;
    const headers = refused ? { ...Object.fromEntries(request.headers), 'api-key': 'revoked' } : request.headers;
    const carried = new Request(request.url, { method: request.method, headers, ...(body !== undefined && { body }) });
    const delivery = this.deliveries.left(body);
    await this.reach.travel('iterable');
    let response: Response;
    try {
      response = await this.#worlds.iterable.fetch(carried);
    } catch (cause) {
      throw await this.reach.unanswered('iterable', `${what} ${body ?? ''}`, cause);
    }
    this.#trace.add('iterable', `${what} ${body ?? ''} ${response.status}`);
    await this.reach.travel('iterable');
    if (response.status < 500) this.deliveries.answered(delivery);
    return response;
  }
}

/** The first half of an answer, and then the end of its connection. */
function cutShort(text: string, { status, headers }: Response): Response {
  const half = new TextEncoder().encode(text.slice(0, text.length / 2));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(half);
    },
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status, headers });
}
