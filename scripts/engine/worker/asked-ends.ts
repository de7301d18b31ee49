import type { ConnectionConfiguration } from '../configuration.ts';
import type { Clock } from '../ports/index.ts';
import type { Ends } from '../run/index.ts';

/** Longer than a lane counts a request, and shorter than it takes to correct a secret and ask again. */
const keptMilliseconds = 5_000;

/**
 * Connections that commands ask for and no session has open. One that was used a moment ago is used again: each has a
 * lane of its own, and two lanes of one credential would together exceed its limit.
 */
export class AskedEnds {
  readonly #connect: (connection: ConnectionConfiguration) => Promise<Ends>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #open = new Map<string, Ends>();
  #inUse = false;
  #usedAt = Number.NEGATIVE_INFINITY;

  constructor(connect: (connection: ConnectionConfiguration) => Promise<Ends>, clock: Pick<Clock, 'now'>) {
    this.#connect = connect;
    this.#clock = clock;
  }

  async connect(connection: ConnectionConfiguration): Promise<Ends> {
    if (!this.#inUse && this.#clock.now() - this.#usedAt > keptMilliseconds) this.#open.clear();
    this.#inUse = true;
    const name = JSON.stringify(connection);
    const ends = this.#open.get(name) ?? (await this.#connect(connection));
    this.#open.set(name, ends);
    return ends;
  }

  /** A command is over; if it used one, it did until now. */
  used(): void {
    if (!this.#inUse) return;
    this.#inUse = false;
    this.#usedAt = this.#clock.now();
  }
}
