import type { LocalOrg } from '../../../local/org/index.ts';
import type { LocalPendo } from '../../../local/systems/index.ts';
import type { Random } from '../../../scripts/engine/index.ts';
import { roll, type VirtualClock } from '../../../scripts/engine/testing/index.ts';
import { NotSentError, UnansweredError } from '../../../scripts/http/index.ts';
import { Deliveries } from '../deliveries.ts';
import { orgUrl } from '../network.ts';
import type { Trace } from '../trace.ts';
import type { Side } from './schedule.ts';
import { WrittenFields } from './written-fields.ts';

/** Milliseconds that a request or an answer travels at most. */
const farMilliseconds: Readonly<Record<Side, number>> = { org: 120, pendo: 400 };

/** Carries requests to the org and to Pendo within this process, and watches what they write. */
export class Network {
  readonly deliveries: Deliveries;
  readonly written = new WrittenFields();
  readonly #worlds: { readonly org: LocalOrg; readonly pendo: LocalPendo };
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #reachableAt: Record<Side, number> = { org: 0, pendo: 0 };

  constructor(
    worlds: { readonly org: LocalOrg; readonly pendo: LocalPendo },
    ports: { readonly clock: VirtualClock; readonly random: Random; readonly trace: Trace },
  ) {
    this.#worlds = worlds;
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#trace = ports.trace;
    this.deliveries = new Deliveries(ports.clock, keysOfValues);
  }

  /** Nothing gets through to that side for so many milliseconds. */
  cutOff(side: Side, milliseconds: number): void {
    this.#reachableAt[side] = Math.max(this.#reachableAt[side], this.#clock.now() + milliseconds);
  }

  /** Everything gets through again. */
  mend(): void {
    this.#reachableAt.org = 0;
    this.#reachableAt.pendo = 0;
  }

  /** Rejects as the real transport does: `NotSentError` or `UnansweredError`. */
  async send(request: Request): Promise<Response> {
    const side: Side = request.url.startsWith(orgUrl) ? 'org' : 'pendo';
    const path = request.url.slice(request.url.indexOf('/', 8));
    const body = request.method === 'GET' ? undefined : await request.text();
    const what = `${request.method} ${path} ${body ?? ''}`;
    if (this.#clock.now() < this.#reachableAt[side]) {
      await this.#travel(side);
      throw new NotSentError(`${side} could not be reached.`);
    }
    if (side === 'org') this.written.see(request.method, path, body);
    const delivery = side === 'pendo' && path.endsWith('/value') ? this.deliveries.left(body) : undefined;
    const { method, headers } = request;
    await this.#travel(side);
    let response: Response;
    try {
      response = await this.#worlds[side].fetch(
        new Request(request.url, { method, headers, ...(body !== undefined && { body }) }),
      );
    } catch (cause) {
      this.#trace.add(side, `${what} cut`);
      await this.#travel(side);
      throw new UnansweredError(`${side} was sent a request and did not answer it.`, { cause });
    }
    // As the HTTP server in front of the local org does.
    if (side === 'org') response.headers.set('date', new Date(this.#clock.now()).toUTCString());
    this.#trace.add(side, `${what} ${response.status}`);
    await this.#travel(side);
    if (delivery !== undefined && response.status < 500) this.deliveries.answered(delivery);
    return response;
  }

  #travel(side: Side): Promise<void> {
    return this.#clock.sleep(1 + roll(this.#random, farMilliseconds[side]));
  }
}

function keysOfValues(body: string): readonly string[] {
  return (JSON.parse(body) as readonly { readonly accountId: string }[]).map(({ accountId }) => accountId);
}
