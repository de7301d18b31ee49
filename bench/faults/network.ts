import type { LocalIterable } from '../../local/systems/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import type { Random } from '../../scripts/engine/index.ts';
import { roll, type VirtualClock } from '../../scripts/engine/testing/index.ts';
import { NotSentError, UnansweredError } from '../../scripts/http/index.ts';
import { Deliveries } from './deliveries.ts';
import type { Trace } from './trace.ts';

/** Where the org is, in this world. */
export const orgUrl = 'https://org.local';

type Side = 'org' | 'iterable';

/** Milliseconds that a request or an answer travels at most. */
const farMilliseconds: Readonly<Record<Side, number>> = { org: 120, iterable: 400 };

/** Carries requests to both worlds within this process, in the time that the seed decides. */
export class Network {
  readonly deliveries: Deliveries;
  readonly #worlds: { readonly org: LocalOrg; readonly iterable: LocalIterable };
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #reachableAt: Record<Side, number> = { org: 0, iterable: 0 };
  #keyRefusedUntil = 0;
  #pagesToCut = 0;

  constructor(
    worlds: { readonly org: LocalOrg; readonly iterable: LocalIterable },
    ports: { readonly clock: VirtualClock; readonly random: Random; readonly trace: Trace },
  ) {
    this.#worlds = worlds;
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#trace = ports.trace;
    this.deliveries = new Deliveries(ports.clock);
  }

  /** Nothing gets through to that side for so many milliseconds. */
  cutOff(side: Side, milliseconds: number): void {
    this.#reachableAt[side] = Math.max(this.#reachableAt[side], this.#clock.now() + milliseconds);
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
    this.#reachableAt.org = 0;
    this.#reachableAt.iterable = 0;
    this.#keyRefusedUntil = 0;
    this.#pagesToCut = 0;
  }

  /** Rejects as the real transport does: `NotSentError` or `UnansweredError`. */
  async send(request: Request): Promise<Response> {
    const side: Side = request.url.startsWith(orgUrl) ? 'org' : 'iterable';
    const what = `${request.method} ${request.url.slice(request.url.indexOf('/', 8))}`;
    if (this.#clock.now() < this.#reachableAt[side]) {
      await this.#travel(side);
      throw new NotSentError(`${side} could not be reached.`);
    }
    return side === 'org' ? this.#toOrg(request, what) : this.#toIterable(request, what);
  }

  async #toOrg(request: Request, what: string): Promise<Response> {
    await this.#travel('org');
    let response: Response;
    try {
      response = await this.#worlds.org.fetch(request);
    } catch (cause) {
      throw await this.#unanswered('org', what, cause);
    }
    // As the HTTP server in front of the local org does.
    response.headers.set('date', new Date(this.#clock.now()).toUTCString());
    this.#trace.add('org', `${what} ${response.status}`);
    await this.#travel('org');
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
    await this.#travel('iterable');
    let response: Response;
    try {
      response = await this.#worlds.iterable.fetch(carried);
    } catch (cause) {
      throw await this.#unanswered('iterable', `${what} ${body ?? ''}`, cause);
    }
    this.#trace.add('iterable', `${what} ${body ?? ''} ${response.status}`);
    await this.#travel('iterable');
    if (response.status < 500) this.deliveries.answered(delivery);
    return response;
  }

  async #unanswered(side: Side, what: string, cause: unknown): Promise<UnansweredError> {
    this.#trace.add(side, `${what} cut`);
    await this.#travel(side);
    return new UnansweredError(`${side} was sent a request and did not answer it.`, { cause });
  }

  #travel(side: Side): Promise<void> {
    return this.#clock.sleep(1 + roll(this.#random, farMilliseconds[side]));
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
