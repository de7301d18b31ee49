import { Capture, listen } from '../capture/index.ts';
import type { SyncConfiguration } from '../configuration.ts';
import { CredentialsError, SettingsError } from '../errors.ts';
import { LiveWork } from '../live.ts';
import type { ActiveVersion, RunRow } from '../ports/index.ts';
import {
  apiReserve,
  Budget,
  compileSync,
  Exchanges,
  LiveRuns,
  Patience,
  Pipeline,
  targetWithinBudget,
  withinBudget,
  type CompiledSync,
  type Ends,
  type Exchange,
} from '../run/index.ts';
import { CredentialWatch } from './credential-watch.ts';
import type { ExclusionList } from './exclusion-list.ts';
import { reconcileLater, tellFinished } from './finished-run.ts';
import { FullReads } from './full-reads.ts';
import { workerTiming, type WorkerOptions } from './options.ts';
import { recheckLeavers } from './leavers.ts';
import { retryOrphans } from './orphans.ts';
import type { PauseGate } from './pause-gate.ts';
import type { Reports } from './reports.ts';
import { SchemaWatch } from './schema-watch.ts';
import { Waits, type Wait } from './waits.ts';

export interface SessionPorts extends WorkerOptions {
  readonly pauseGate: PauseGate;
  readonly exclusionList: ExclusionList;
  readonly reports: Reports;
  readonly doorbell: () => void;
  readonly listening: (listening: boolean) => void;
}

/** One activated version at work: everything that ends when another is activated. */
export class Session {
  readonly version: ActiveVersion;
  /** For commands: what a person asks is not held to the reserve that is kept for people. */
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly connections: ReadonlyMap<string, Ends>;
  readonly fullReads: FullReads;
  /** Rejects with what ended the session. */
  readonly ended: Promise<never>;
  readonly #ports: SessionPorts;
  readonly #abort = new AbortController();
  readonly #pipelines = new Map<string, Pipeline>();
  readonly #lives = new Map<string, LiveWork>();
  readonly #liveRuns: LiveRuns;
  readonly #budget: Budget;
  readonly #working: ReadonlyMap<string, CompiledSync>;
  readonly #waits = new Waits();
  readonly #beyondOwnPause = new Set<string>();
  readonly #capture: Capture;
  readonly #schemas: SchemaWatch;
  readonly #credentials: CredentialWatch;
  #reject: (error: unknown) => void = () => undefined;
  readonly #exchanges = new Exchanges();
  readonly #followed = Promise.withResolvers<void>();
  #over = false;

  private constructor(
    version: ActiveVersion,
    connections: ReadonlyMap<string, Ends>,
    schemas: SchemaWatch,
    ports: SessionPorts,
  ) {
    this.version = version;
    this.connections = connections;
    this.#schemas = schemas;
    this.#ports = ports;
    this.ended = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    this.ended.catch(() => undefined);
    this.syncs = schemas.syncs;
    this.#credentials = new CredentialWatch({
      ...ports,
      ...{ connections, syncs: schemas.syncs, signal: this.#abort.signal },
      every: ports.timing?.credentials ?? workerTiming.credentials,
    });
    this.#liveRuns = new LiveRuns(ports.store, ports.clock);
    const { source } = ports.salesforce;
    this.#budget = new Budget(source ?? { budget: () => undefined }, ports.clock, { ...apiReserve, ...ports.reserve });
    const affordable = source && withinBudget(source, this.#budget);
    this.#working = new Map(
      [...schemas.running].map(([name, sync]) => {
        if (sync.sourceName !== 'salesforce')
          return [name, { ...sync, target: targetWithinBudget(sync.target, this.#budget) }];
        return [name, affordable && sync.source === source ? { ...sync, source: affordable } : sync];
      }),
    );
    for (const sync of this.#working.values()) this.#open(sync);
    const wake = (sync: string): void => this.#lives.get(sync)?.wake();
    const { store, clock } = ports;
    const { signal } = this.#abort;
    this.#capture = new Capture({
      syncs: this.#working,
      store,
      clock,
      patience: () => this.#patience('reading changes'),
      wake,
      signal,
    });
    this.fullReads = new FullReads(
      {
        store,
        clock,
        makeId: ports.makeId,
        pauses: () => ports.pauseGate.read(),
        changedRuns: (runs) => ports.reports.changed(runs),
        signal,
        followed: this.#followed.promise,
        for: (name) => this.#backfillOf(name),
        sampleSize: ports.sampleSize ?? 20,
        random: ports.random,
        finished: (run, sampled) => {
          tellFinished(run, ports.log);
          this.#watch(retryOrphans(run.sync, this.#working.values(), ports, wake));
          this.#watch(recheckLeavers(run, this.#working.get(run.sync), ports, wake));
          this.#watch(this.#reconcileLater(run, sampled));
        },
      },
      (error) => this.#end(error),
    );
  }

  /** Opens the connections of a version. Throws `SettingsError` for one that cannot run. */
  static async open(version: ActiveVersion, ports: SessionPorts): Promise<Session> {
    const connections = new Map<string, Ends>();
    const used = new Set(version.configuration.syncs.map((sync) => sync.connection));
    for (const connection of version.configuration.connections) {
      if (used.has(connection.name)) connections.set(connection.name, await ports.connect(connection));
    }
    const unknown = [...used].find((name) => !connections.has(name));
    if (unknown !== undefined) {
      throw new SettingsError(`A sync uses the connection ${unknown}, which the version does not have.`, [
        'Activate a version that has it.',
      ]);
    }
    const systems = new Map(version.configuration.connections.map(({ name, system }) => [name, system]));
    const compile = (sync: SyncConfiguration): CompiledSync =>
      compileSync(
        sync,
        ports.salesforce,
        connections.get(sync.connection) ?? {},
        systems.get(sync.connection) ?? sync.connection,
      );
    const schemas = await SchemaWatch.open(version, compile, ports);
    return new Session(version, connections, schemas, ports);
  }

  /** Recovers what an earlier process left, sets cursors, starts every loop, and fills what was never filled. */
  async start(): Promise<void> {
    const { stream, doorbell, listening, log } = this.#ports;
    for (const pipeline of this.#pipelines.values()) {
      this.#watch(pipeline.failure);
      await pipeline.recover();
    }
    for (const live of this.#lives.values()) this.#watch(live.run());
    await Promise.race([this.#capture.begin(), this.ended]);
    this.#followed.resolve();
    for (const loop of this.#capture.loops()) this.#watch(loop);
    this.#watch(this.#credentials.run());
    if (stream) {
      const state = (up: boolean, detail: string): void => {
        listening(up);
        if (up) {
          this.#capture.hurryAll();
          doorbell();
        }
        log({
          level: up ? 'info' : 'warn',
          message: up ? `Listening to changes: ${detail}` : `Not listening, polling only: ${detail}`,
        });
      };
      this.#watch(listen(stream, this.#capture, { doorbell, state }, this.#abort.signal));
    }
    for (const [name, waits] of this.#schemas.standing) this.#waits.begin({}, `the sync ${name}`, name, ...waits);
    for (const sync of this.#working.keys()) {
      await this.fullReads.resume(sync);
      if (this.#schemas.mended.has(sync)) await this.fullReads.begin(sync, 'sweep');
    }
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** What the clock asks for: sweeps, and the end of past hours' runs. */
  async tick(): Promise<void> {
    this.#ports.reports.changed(await this.#liveRuns.finishPast());
    for (const [name, { configuration }] of this.#working) {
      if (configuration.schedule.sweepAt !== undefined)
        await this.fullReads.sweep(name, configuration.schedule.sweepAt);
    }
  }

  /** True when the schemas no longer are what this session was opened for: open another one. */
  async isOutdated(): Promise<boolean> {
    return await this.#schemas.hasChanged();
  }

  /** Loops that stand still, and why. */
  get waits(): readonly Wait[] {
    return this.#waits.all;
  }

  wake(sync: string): void {
    this.#lives.get(sync)?.wake();
  }

  pipelineOf(keySpace: string): Pipeline | undefined {
    return this.#pipelines.get(keySpace);
  }

  exchange(sync: string, source: string): Exchange | undefined {
    return this.#exchanges.of(sync, source);
  }

  async beyondOwnPause<Value>(sync: string, work: () => Promise<Value>): Promise<Value> {
    this.#beyondOwnPause.add(sync);
    try {
      return await work();
    } finally {
      this.#beyondOwnPause.delete(sync);
    }
  }

  /** Finishes the requests that have left, then ends every loop. */
  async stop(): Promise<void> {
    const stopped = new Error('The session was stopped.');
    await Promise.all([...this.#pipelines.values()].map((pipeline) => pipeline.stop()));
    this.abort(stopped);
  }

  /** Ends at once: nothing more is sent. */
  abort(reason: Error): void {
    this.#abort.abort(reason);
    this.#end(reason);
  }

  #end(error: unknown): void {
    this.#over = true;
    this.#reject(error);
  }

  #open(sync: CompiledSync): void {
    const { store, clock, random, makeId, pauseGate, exclusionList, reports } = this.#ports;
    const { signal } = this.#abort;
    const pauses = (): ReturnType<PauseGate['read']> => pauseGate.read();
    let pipeline = this.#pipelines.get(sync.keySpace);
    if (!pipeline) {
      const { connection, keySpace, targetObject, target } = sync;
      const changedRuns = (runs: Iterable<string>): void => reports.changed(runs);
      const queued = (name: string): void => this.wake(name);
      const ports = {
        ...{ store, clock, random, makeId, exclusions: exclusionList, changedRuns, queued, signal },
        exchanges: this.#exchanges,
        pauses: async () => new Set([...(await pauses())].filter((each) => !this.#beyondOwnPause.has(each))),
      };
      pipeline = new Pipeline({ connection, keySpace, targetObject, target, ...ports });
      this.#pipelines.set(sync.keySpace, pipeline);
    }
    const patience = this.#patience(`live work of ${sync.name}`, sync.name);
    this.#lives.set(
      sync.name,
      new LiveWork({
        sync,
        pipeline,
        store,
        clock,
        budget: this.#budget,
        liveRuns: this.#liveRuns,
        pauses,
        patience,
        signal,
      }),
    );
  }

  #backfillOf(name: string): { sync: CompiledSync; pipeline: Pipeline; patience: Patience } {
    const sync = this.#working.get(name);
    const pipeline = sync && this.#pipelines.get(sync.keySpace);
    const standing = this.#schemas.standing.get(name);
    if (standing) throw standing[0];
    if (!sync || !pipeline) throw new SettingsError(`There is no active sync ${name}.`, ['Activate it first.']);
    return { sync, pipeline, patience: this.#patience(`a full read of ${name}`, name) };
  }

  #patience(what: string, sync?: string): Patience {
    const { clock, random, log } = this.#ports;
    const loop = {};
    return new Patience(clock, random, this.#abort.signal, {
      waiting: (error, until) => {
        // A field that is refused may have been renamed or hidden a moment ago.
        if (error instanceof SettingsError) this.#schemas.hurry();
        if (error instanceof CredentialsError) this.#credentials.hurry();
        this.#waits.begin(loop, what, sync, error, until);
        const facts = { until: new Date(until).toISOString() };
        log({ level: 'warn', message: `Waiting with ${what}: ${error.message}`, facts });
      },
      over: () => this.#waits.end(loop),
    });
  }

  async #reconcileLater(run: RunRow, sampled: readonly string[]): Promise<void> {
    const { store, clock, log, timing } = this.#ports;
    return await reconcileLater(run, sampled, this.#backfillOf(run.sync), {
      ...{ store, clock, log, signal: this.#abort.signal },
      waitMilliseconds: timing?.reconcile ?? workerTiming.reconcile,
      patience: this.#patience(`comparing both sides of ${run.sync}`, run.sync),
      wake: () => this.wake(run.sync),
    });
  }

  #watch(loop: Promise<unknown>): void {
    loop.catch((error: unknown) => this.#end(error));
  }
}
