import type { SyncConfiguration } from '../configuration.ts';
import { LiveWork } from '../live.ts';
import type { Pauses, RunKind, RunRow, TargetLimits, WriteLimits } from '../ports/index.ts';
import {
  apiReserve,
  beginRun,
  Budget,
  compileSync,
  LiveRuns,
  Patience,
  Pipeline,
  runBackfill,
  withinBudget,
  type ApiReserve,
  type CompiledSync,
  type Ends,
} from '../run/index.ts';
import { FakeSource } from './fake-source.ts';
import { FakeTarget } from './fake-target.ts';
import { MemoryDisk, MemoryStore } from './memory-store.ts';
import { countingIds, seededRandom } from './seeded.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Two syncs into one key space: people come before prospects, whatever their stamps. */
export function syncConfiguration(
  name: 'people' | 'prospects',
  change: Partial<SyncConfiguration> = {},
): SyncConfiguration {
  return {
    name,
    connection: 'mail',
    direction: 'salesforceToSystem',
    salesforceObject: name === 'people' ? 'Person' : 'Prospect',
    systemObject: 'user',
    key: { source: 'Mail', target: 'mail' },
    include: 'all',
    precedence: name === 'people' ? 2 : 1,
    rules: { create: true, update: true, delete: 'ignore' },
    schedule: { pollSeconds: 5 },
    mappings: [
      { source: 'Mail', target: 'mail', transform: 'lowercase', blank: 'keep' },
      { source: 'Id', target: 'id', blank: 'keep' },
      { source: 'Name', target: 'data.name', blank: 'keep' },
      { source: 'Parent.Name', target: 'data.parent', blank: 'keep' },
    ],
    ...change,
  };
}

/** One engine over a store that outlives it, as a process over its file. */
export class Engine {
  readonly store: MemoryStore;
  readonly pipeline: Pipeline;
  readonly liveRuns: LiveRuns;
  readonly syncs = new Map<string, CompiledSync>();
  readonly lives = new Map<string, LiveWork>();
  readonly #world: World;
  readonly #budget: Budget;
  readonly #abort = new AbortController();

  constructor(world: World, name: string) {
    const { clock } = world;
    this.#world = world;
    this.#budget = new Budget(world.source, clock, world.reserve);
    this.store = new MemoryStore(clock, world.disk);
    this.liveRuns = new LiveRuns(this.store, clock);
    for (const configuration of world.configurations) {
      this.syncs.set(
        configuration.name,
        compileSync(
          configuration,
          { source: withinBudget(world.source, this.#budget) },
          {
            target: world.target,
            ...(world.writeLimits && { writeLimits: world.writeLimits }),
            election: { toSystem: world.election, fromSystem: 'latest' },
          },
        ),
      );
    }
    this.pipeline = new Pipeline({
      connection: 'mail',
      keySpace: 'mail/user',
      targetObject: 'user',
      target: world.target,
      store: this.store,
      clock,
      random: world.random,
      makeId: countingIds(`${name}-`),
      exclusions: { has: (sync, source) => world.excluded.has(`${sync}/${source}`) },
      pauses: async () => world.pauses,
      changedRuns: () => undefined,
      queued: () => undefined,
      signal: this.#abort.signal,
    });
  }

  /** Takes the store, recovers, and starts live work. */
  async start(): Promise<void> {
    await this.store.acquire(`engine-${this.#world.makeId()}`, this.#world.clock.now(), 0);
    await this.pipeline.recover();
    for (const sync of this.syncs.values()) {
      const patience = this.#patience();
      const shared = {
        sync,
        pipeline: this.pipeline,
        store: this.store,
        clock: this.#world.clock,
        budget: this.#budget,
        liveRuns: this.liveRuns,
      };
      const live = new LiveWork({
        ...shared,
        pauses: async () => this.#world.pauses,
        patience,
        signal: this.#abort.signal,
      });
      this.lives.set(sync.name, live);
      live.run().catch((error: unknown) => this.#world.died.push(error));
    }
    this.pipeline.failure.catch((error: unknown) => this.#world.died.push(error));
  }

  async backfill(sync: string, kind: Exclude<RunKind, 'live'> = 'backfill'): Promise<RunRow> {
    const { clock, makeId } = this.#world;
    const [open] = await this.store.runs({ sync, kind, state: 'running', limit: 1 });
    const ports = { store: this.store, clock, makeId, changedRuns: () => undefined };
    const run = open ?? (await beginRun(sync, kind, ports));
    return runBackfill(run, {
      sync: this.syncs.get(sync) as CompiledSync,
      pipeline: this.pipeline,
      store: this.store,
      clock,
      pauses: async () => this.#world.pauses,
      patience: this.#patience(),
      changedRuns: () => undefined,
      signal: this.#abort.signal,
    });
  }

  /** A change was captured. */
  async changed(sync: string, ...sources: readonly string[]): Promise<void> {
    const dueAt = this.#world.clock.now();
    await this.store.commit({
      enqueue: sources.map((source) => ({ sync, source, urgency: 0, dueAt, cause: 'changed' }) as const),
    });
    this.lives.get(sync)?.wake();
  }

  /** Resolves when no work is left. */
  async settled(): Promise<void> {
    while ((await this.store.backlog()).length > 0) await this.#world.clock.sleep(500);
  }

  async stop(): Promise<void> {
    await this.pipeline.stop();
    this.#abort.abort(new Error('stopped'));
    await this.store.release();
  }

  #patience(): Patience {
    return new Patience(this.#world.clock, this.#world.random, this.#abort.signal, {
      waiting: (error) => this.#world.waits.push(error.message),
      over: () => undefined,
    });
  }
}

/** Everything around an engine: what outlives its death. */
export class World {
  readonly clock = new VirtualClock();
  readonly disk = new MemoryDisk();
  readonly source: FakeSource;
  readonly target: FakeTarget;
  readonly random;
  readonly makeId = countingIds('run-');
  readonly excluded = new Set<string>();
  readonly died: unknown[] = [];
  /** What loops have waited for. */
  readonly waits: string[] = [];
  reserve: ApiReserve = apiReserve;
  pauses: Pauses = new Set();
  writeLimits: WriteLimits | undefined;
  election: NonNullable<Ends['election']>['toSystem'] = 'latest';
  configurations: SyncConfiguration[] = [syncConfiguration('people'), syncConfiguration('prospects')];
  #engines = 0;

  /** `skewMilliseconds`: how far the source's clock is ahead of the worker's. */
  constructor(seed = 1, limits: Partial<TargetLimits> = {}, skewMilliseconds = 0) {
    const { clock } = this;
    this.source = new FakeSource({
      now: () => clock.now() + skewMilliseconds,
      sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    });
    this.random = seededRandom(seed);
    this.target = new FakeTarget(this.clock, limits);
    this.source.parents.set('ParentId', 'Parent');
  }

  /** A new process. The one before it, if any, can no longer write nor send: its lease is lost. */
  async engine(): Promise<Engine> {
    const engine = new Engine(this, `e${++this.#engines}`);
    await engine.start();
    return engine;
  }

  async run<Value>(promise: Promise<Value>): Promise<Value> {
    return this.clock.run(promise);
  }
}
