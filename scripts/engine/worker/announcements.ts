import {
  recordsACall,
  type Announcement,
  type Clock,
  type ControlPlane,
  type Log,
  type Store,
} from '../ports/index.ts';

/** Half of what the smallest orgs may publish in an hour (platform event allocations): the rest is for others. */
const mostAnHour = 25_000;
const hour = 3_600_000;
/** So many of one call of the control plane: a few requests' worth. */
const mostAtOnce = 5 * recordsACall;
/** What waits longer is dropped, and said: a flow that far behind has to look by itself. */
const longestWait = 24 * hour;

interface AnnouncementPorts {
  readonly control: Pick<ControlPlane, 'announce'>;
  readonly store: Pick<Store, 'unannounced' | 'announced' | 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Tells the org which of its records got new values from a system, so that its flows can act on it. What is to be told
 * is stored with the outcome that it tells of, and forgotten once it was told: so it is told at least once, whenever the
 * process ends. A record that changes again before it was told is told once.
 */
export class Announcements {
  readonly #ports: AnnouncementPorts;
  readonly #changedRuns: (runs: Iterable<string>) => void;
  #hourBegan = Number.NEGATIVE_INFINITY;
  #toldInHour = 0;

  /** `changedRuns` is told which runs' figures changed. */
  constructor(ports: AnnouncementPorts, changedRuns: (runs: Iterable<string>) => void) {
    this.#ports = ports;
    this.#changedRuns = changedRuns;
  }

  /** Tells what waits, as far as the hour allows. With nothing to tell it makes no call of the org. */
  async tell(): Promise<void> {
    const { store, clock } = this.#ports;
    for (;;) {
      const room = this.#roomInHour();
      const waiting = room === 0 ? [] : await store.unannounced(Math.min(room, mostAtOnce));
      if (waiting.length === 0) return;
      const tooOld = waiting.filter(({ at }) => at < clock.now() - longestWait);
      if (tooOld.length > 0) await this.#drop(tooOld.map(({ sequence }) => sequence));
      const fresh = waiting.filter((each) => !tooOld.includes(each));
      for (const [system, group] of Map.groupBy(fresh, (each) => each.system)) await this.#tell(system, group);
    }
  }

  async #tell(system: string, group: readonly (Announcement & { readonly sequence: number })[]): Promise<void> {
    const { control, store } = this.#ports;
    await control.announce(
      system,
      group.map(({ record }) => record),
    );
    this.#toldInHour += group.length;
    await store.announced(group.map(({ sequence }) => sequence));
    // A call tells several runs' records at times: the first of them counts it.
    const callers = group.filter((_, index) => index % recordsACall === 0).map(({ run }) => run);
    await store.commit({ runDeltas: callers.map((run) => ({ run, counts: {}, reasons: {}, tellCalls: 1 })) });
    this.#changedRuns(callers);
  }

  async #drop(sequences: readonly number[]): Promise<void> {
    const { store, log } = this.#ports;
    await store.announced(sequences);
    const message = `Flows are not told of ${sequences.length} changed records: more change in a day than the org can be told of.`;
    log({ level: 'warn', message, facts: { dropped: sequences.length } });
  }

  #roomInHour(): number {
    const now = this.#ports.clock.now();
    if (now - this.#hourBegan >= hour) {
      this.#hourBegan = now;
      this.#toldInHour = 0;
    }
    return mostAnHour - this.#toldInHour;
  }
}
