import type { LocalOrg } from '../../../local/org/index.ts';
import type { LocalPendo } from '../../../local/systems/index.ts';
import type { Random } from '../../../scripts/engine/index.ts';
import type { VirtualClock } from '../../../scripts/engine/testing/index.ts';
import { Deliveries } from '../deliveries.ts';
import { orgUrl, Reach } from '../reach.ts';
import type { Trace } from '../trace.ts';
import type { Side } from './schedule.ts';
import { WrittenFields } from './written-fields.ts';

/** Carries requests to the org and to Pendo within this process, and watches what they write. */
export class Network {
  readonly deliveries: Deliveries;
  readonly reach: Reach<Side>;
  readonly written = new WrittenFields();
  readonly #worlds: { readonly org: LocalOrg; readonly pendo: LocalPendo };
  readonly #clock: VirtualClock;
  readonly #trace: Trace;

  constructor(
    worlds: { readonly org: LocalOrg; readonly pendo: LocalPendo },
    ports: { readonly clock: VirtualClock; readonly random: Random; readonly trace: Trace },
  ) {
    this.#worlds = worlds;
    this.#clock = ports.clock;
    this.reach = new Reach(ports);
    this.#trace = ports.trace;
    this.deliveries = new Deliveries(ports.clock, keysOfValues);
  }

  /** Rejects as the real transport does: `NotSentError` or `UnansweredError`. */
  async send(request: Request): Promise<Response> {
    const side: Side = request.url.startsWith(orgUrl) ? 'org' : 'pendo';
    const path = request.url.slice(request.url.indexOf('/', 8));
    const body = request.method === 'GET' ? undefined : await request.text();
    const what = `${request.method} ${path} ${body ?? ''}`;
    await this.reach.enter(side);
    if (side === 'org') this.written.see(request.method, path, body);
    const delivery = side === 'pendo' && path.endsWith('/value') ? this.deliveries.left(body) : undefined;
    const { method, headers } = request;
    await this.reach.travel(side);
    let response: Response;
    try {
      response = await this.#worlds[side].fetch(
        new Request(request.url, { method, headers, ...(body !== undefined && { body }) }),
      );
    } catch (cause) {
      throw await this.reach.unanswered(side, what, cause);
    }
    // As the HTTP server in front of the local org does.
    if (side === 'org') response.headers.set('date', new Date(this.#clock.now()).toUTCString());
    this.#trace.add(side, `${what} ${response.status}`);
    await this.reach.travel(side);
    if (delivery !== undefined && response.status < 500) this.deliveries.answered(delivery);
    return response;
  }
}

function keysOfValues(body: string): readonly string[] {
  return (JSON.parse(body) as readonly { readonly accountId: string }[]).map(({ accountId }) => accountId);
}
