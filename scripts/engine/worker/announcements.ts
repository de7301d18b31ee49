import type { Clock, ControlPlane, Log } from '../ports/index.ts';

/** Half of what the smallest orgs may publish in an hour (platform event allocations): the rest is for others. */
const mostAnHour = 25_000;
const hour = 3_600_000;
/** So many of one call: a few requests' worth. */
const mostAtOnce = 1_000;
/** What waits beyond it is dropped, and said: memory is bounded, and a flow that far behind has to look by itself. */
const mostWaiting = 100_000;

/**
 * Tells the org which of its records got new values from a system, so that its flows can act on it. A record that
 * changes again before it was told is told once. It is told at least once while this process lives; what a killed one
 * had not told yet is lost.
 */
export class Announcements {
  readonly #control: Pick<ControlPlane, 'announce'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Log;
  /** Records that wait, by the system that changed them; the oldest first. */
  readonly #waiting = new Map<string, Set<string>>();
  #count = 0;
  #hourBegan = Number.NEGATIVE_INFINITY;
  #toldInHour = 0;

  constructor(ports: {
    readonly control: Pick<ControlPlane, 'announce'>;
    readonly clock: Pick<Clock, 'now'>;
    readonly log: Log;
  }) {
    this.#control = ports.control;
    this.#clock = ports.clock;
    this.#log = ports.log;
  }

  /** Remembers records of the org that `system` really changed. */
  add(system: string, records: readonly string[]): void {
    const waiting = this.#waiting.get(system) ?? new Set<string>();
    this.#waiting.set(system, waiting);
    let dropped = 0;
    for (const record of records) {
      if (waiting.has(record)) continue;
      if (this.#count >= mostWaiting) dropped++;
      else {
        waiting.add(record);
        this.#count++;
      }
    }
    if (dropped === 0) return;
    const message = `Flows are not told of ${dropped} changed records: more change than the org can be told of.`;
    this.#log({ level: 'warn', message, facts: { system, dropped, waiting: this.#count } });
  }

  /** Tells what waits, as far as the hour allows. With nothing to tell it makes no call. */
  async tell(): Promise<void> {
    for (const [system, waiting] of this.#waiting) {
      while (waiting.size > 0) {
        const room = this.#roomInHour();
        if (room === 0) return;
        const records = [...waiting].slice(0, Math.min(room, mostAtOnce));
        await this.#control.announce(system, records);
        this.#toldInHour += records.length;
        this.#count -= records.length;
        for (const record of records) waiting.delete(record);
      }
    }
  }

  #roomInHour(): number {
    const now = this.#clock.now();
    if (now - this.#hourBegan >= hour) {
      this.#hourBegan = now;
      this.#toldInHour = 0;
    }
    return mostAnHour - this.#toldInHour;
  }
}
