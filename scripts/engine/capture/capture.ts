import type { ChangeStream, Clock, Store, WorkItem } from '../ports/index.ts';
import { Bell, type CompiledSync, type Patience } from '../run/index.ts';
import { fieldsToSee, newsTo } from './echo.ts';
import { fanOutAll } from './fan-out.ts';
import { parentChanges, parentWatches, type ParentWatch } from './parents.ts';
import { changeWork, isFollowed, poll, type PollOptions } from './poll.ts';

export interface CaptureOptions {
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly store: Store;
  readonly clock: Clock;
  readonly patience: () => Patience;
  /** Says that a sync has work. */
  readonly wake: (sync: string) => void;
  readonly signal: AbortSignal;
}

interface Watched {
  readonly poll: PollOptions;
  readonly bell: Bell;
  readonly milliseconds: number;
}

/** Learns of changes: polls each object and each mapped parent, and is hurried by the stream. */
export class Capture {
  readonly #options: CaptureOptions;
  readonly #objects = new Map<string, Watched[]>();
  readonly #fanOuts = new Bell();
  #watches: readonly Watched[] = [];

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  /** Finds what changed while no worker ran, and sets new cursors. Full reads begin after it. */
  async begin(): Promise<void> {
    const patience = this.#options.patience();
    for (;;) {
      try {
        this.#watches = await this.#watchAll();
        for (const watched of this.#watches) await this.#pollOnce(watched);
        return;
      } catch (error) {
        await patience.wait(error);
      }
    }
  }

  /** Runs until the signal is aborted; rejects with its reason. */
  loops(): readonly Promise<never>[] {
    return [...this.#watches.map((watched) => this.#pollOn(watched)), this.#fanOutOn()];
  }

  /** Objects of the `salesforce` source that a stream can hurry. */
  get streamed(): readonly string[] {
    return [...this.#objects.keys()];
  }

  /** Hurries the next poll of an object. */
  hurry(object: string): void {
    for (const watched of this.#objects.get(object) ?? []) watched.bell.ring();
  }

  /** Hurries every poll that a stream can: what was saved before it was open is not told by it. */
  hurryAll(): void {
    for (const object of this.streamed) this.hurry(object);
  }

  /** Takes a stream's word for it: the records' values are read when they are sent (I-03). */
  async changed(object: string, ids: readonly string[], deleted: boolean): Promise<void> {
    const syncs = [...this.#options.syncs.values()].filter(
      (sync) => sync.sourceName === 'salesforce' && sync.shape.object === object,
    );
    const changes = ids.map((id) => ({ id, deleted }));
    if (syncs.length > 0)
      await this.#options.store.commit({ enqueue: changeWork(syncs, changes, this.#options.clock) });
    for (const sync of syncs) this.#options.wake(sync.name);
    for (const watched of this.#objects.get(object) ?? [])
      if (watched.poll.name.startsWith('parents/')) watched.bell.ring();
  }

  async #watchAll(): Promise<readonly Watched[]> {
    const { syncs, store, clock } = this.#options;
    const watches: Watched[] = [];
    const groups = Map.groupBy(syncs.values(), (sync) => `${sync.sourceName}/${sync.shape.object}`);
    for (const [name, group] of groups) {
      const [{ source, shape }] = group as [CompiledSync];
      // Full reads alone bring what nothing tells of.
      if (!isFollowed(source)) continue;
      const fields = fieldsToSee(group);
      const meaning: PollOptions['meaning'] = async (changes, rows) => {
        const enqueue: WorkItem[] = [];
        for (const sync of group)
          enqueue.push(...changeWork([sync], await newsTo(sync, changes, rows, fields, store), clock));
        return { enqueue };
      };
      const milliseconds = Math.min(...group.map((sync) => sync.configuration.schedule.pollSeconds)) * 1_000;
      watches.push({
        poll: { source, object: shape.object, name: `changes/${name}`, store, fields, meaning },
        bell: new Bell(),
        milliseconds,
      });
    }
    for (const watch of await parentWatches([...syncs.values()])) watches.push(this.#parentWatch(watch));
    for (const watched of watches) {
      if (!/^(changes|parents)\/salesforce\//.test(watched.poll.name)) continue;
      this.#objects.set(watched.poll.object, [...(this.#objects.get(watched.poll.object) ?? []), watched]);
    }
    return watches;
  }

  #parentWatch(watch: ParentWatch): Watched {
    const { store, syncs } = this.#options;
    const meaning: PollOptions['meaning'] = (changes, rows) => parentChanges(watch, changes, rows, store);
    const name = `parents/${watch.sourceName}/${watch.object}`;
    const polls = watch.children.map((child) => syncs.get(child.sync)?.configuration.schedule.pollSeconds ?? 60);
    return {
      poll: { source: watch.source, object: watch.object, name, store, fields: watch.fields, meaning },
      bell: new Bell(),
      milliseconds: Math.min(...polls) * 1_000,
    };
  }

  async #pollOn(watched: Watched): Promise<never> {
    const { clock, signal } = this.#options;
    const patience = this.#options.patience();
    for (;;) {
      await watched.bell.wait(clock, watched.milliseconds, signal);
      try {
        await this.#pollOnce(watched);
        patience.succeeded();
      } catch (error) {
        signal.throwIfAborted();
        await patience.wait(error);
      }
    }
  }

  async #pollOnce(watched: Watched): Promise<void> {
    const { syncs, wake } = this.#options;
    if ((await poll(watched.poll)) === 0) return;
    this.#fanOuts.ring();
    for (const sync of syncs.values()) if (sync.shape.object === watched.poll.object) wake(sync.name);
  }

  async #fanOutOn(): Promise<never> {
    const { syncs, store, clock, signal, wake } = this.#options;
    const patience = this.#options.patience();
    // A fan-out that a crash cut short goes on at once.
    for (this.#fanOuts.ring(); ;) {
      await this.#fanOuts.wait(clock, 60_000, signal);
      try {
        await fanOutAll(syncs, { store, clock }, wake);
        patience.succeeded();
      } catch (error) {
        signal.throwIfAborted();
        await patience.wait(error);
        this.#fanOuts.ring();
      }
    }
  }
}

/** Listens until the signal is aborted. Losing the stream only makes changes arrive by the next poll. */
export async function listen(
  stream: ChangeStream,
  capture: Pick<Capture, 'streamed' | 'changed' | 'hurry'>,
  hear: {
    readonly doorbell: (commandId: string) => void;
    readonly state: (listening: boolean, detail: string) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  for await (const event of stream.listen(capture.streamed, signal)) {
    if (event.kind === 'changed') await capture.changed(event.object, event.ids, event.deleted);
    else if (event.kind === 'gap') capture.hurry(event.object);
    else if (event.kind === 'doorbell') hear.doorbell(event.commandId);
    else hear.state(event.listening, event.detail);
  }
}
