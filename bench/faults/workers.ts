import { runParts } from '../../scripts/cli/compose.ts';
import { LeaseGuard } from '../../scripts/cli/lease-guard.ts';
import {
  CredentialsError,
  LeaseLostError,
  type Log,
  type Random,
  type Store,
  type Transport,
} from '../../scripts/engine/index.ts';
import { countingIds, type VirtualClock } from '../../scripts/engine/testing/index.ts';
import { connectSalesforce, type Login } from '../../scripts/salesforce/index.ts';
import { openStore } from '../../scripts/store/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import { Lifeline } from './lifeline.ts';
import type { Network } from './network.ts';
import { orgUrl } from './reach.ts';
import type { Instant } from './schedule.ts';
import type { Streams } from './streams.ts';
import type { Trace } from './trace.ts';

export interface WorkerWorld {
  readonly org: LocalOrg;
  readonly network: Pick<Network, 'send'>;
  /** Where the worker finds its secrets; the key of Iterable when absent. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Absent: workers poll only. */
  readonly streams: Streams | undefined;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly trace: Trace;
  readonly storeFile: string;
  readonly pageRecords: number;
  /** Whether who finds a lease can see that its owner is dead. */
  readonly sameMachine: boolean;
  /** What a worker works with in the store's place; for bugs that are planted. */
  readonly wrapStore: (store: Store) => Store;
}

interface Process {
  readonly name: string;
  readonly life: Lifeline;
  readonly stop: AbortController;
  store: Store | undefined;
  ended: boolean;
  /** Milliseconds since 1970. */
  standsStillUntil: number;
  /** Until when some loop of it waits, by its own log. */
  waitsUntil: number;
}

const usualEnvironment = { PLUMBLINE_ITERABLE_API_KEY: 'key-of-iterable', PLUMBLINE_SECRETS: '/nowhere/secrets.json' };
/** As service managers do it: what ends soon after its start again is started later each time. */
const restartMilliseconds = 10_000;
const longestRestartMilliseconds = 20_000;
/** Nobody takes a store over sooner: a worker that stands still has renewed its lease within the last minute. */
const leaseHoldsMilliseconds = 100_000;

/** The processes of workers: started, killed, frozen, started again. */
export class Workers {
  readonly #world: WorkerWorld;
  readonly #processes: Process[] = [];
  readonly #crashes: string[] = [];
  #main: Process | undefined;
  #refusedUntil = 0;
  #restart = restartMilliseconds;
  #wanted = true;

  constructor(world: WorkerWorld) {
    this.#world = world;
  }

  /** What ended a process other than a kill, a stop or a lease that another has. */
  get crashes(): readonly string[] {
    return this.#crashes;
  }

  get isAtWork(): boolean {
    return this.#main !== undefined && !this.#main.ended && !this.#main.life.isDead;
  }

  /** The store of the worker that works, or worked last. */
  get store(): Store {
    const store = this.#main?.store ?? this.#processes.findLast((process) => process.store)?.store;
    if (!store) throw new Error('No worker has opened the store yet.');
    return store;
  }

  /** Starts the main worker, which is started again whenever it ends. */
  start(): void {
    if (this.isAtWork || !this.#wanted) return;
    const { clock } = this.#world;
    const process = this.#spawn();
    this.#main = process;
    const startedAt = clock.now();
    void this.#run(process).then(() => {
      if (process.life.isDead) return;
      clock.after(this.#restart, () => this.start());
      this.#restart = nextRestart(this.#restart, clock.now() - startedAt);
    });
  }

  /** Kills the main worker, now or at an instant of its life. */
  kill(at: Instant | undefined, downMilliseconds: number): void {
    const process = this.#main;
    if (!process || !this.isAtWork) return;
    const die = (): void => {
      if (process.life.isDead || process.ended) return;
      this.#world.trace.add(process.name, 'killed');
      process.life.kill();
      this.#world.clock.after(downMilliseconds, () => this.start());
    };
    if (at) process.life.at(at, die);
    else die();
  }

  /** Asks the main worker to stop in good order. */
  stop(downMilliseconds: number): void {
    const process = this.#main;
    if (!process || !this.isAtWork) return;
    this.#world.trace.add(process.name, 'asked to stop');
    process.stop.abort(new Error('stopped'));
    // A service manager kills what does not end in time.
    this.#world.clock.after(downMilliseconds, () => {
      if (!process.ended) this.kill(undefined, 0);
      else this.start();
    });
  }

  freeze(at: Instant | undefined, milliseconds: number, replaced: boolean): void {
    const process = this.#main;
    if (!process || !this.isAtWork) return;
    const stand = (): void => {
      if (process.life.isDead || process.ended) return;
      this.#world.trace.add(process.name, `stands still for ${milliseconds} ms`);
      process.life.freeze();
      process.standsStillUntil = Math.max(process.standsStillUntil, this.#world.clock.now() + milliseconds);
      this.#world.clock.after(milliseconds, () => {
        if (this.#world.clock.now() >= process.standsStillUntil) process.life.thaw();
      });
      if (replaced)
        this.#world.clock.after(leaseHoldsMilliseconds, () => this.second(milliseconds - leaseHoldsMilliseconds));
    };
    if (at) process.life.at(at, stand);
    else stand();
  }

  /** Keeps another worker on the same store going, and kills it for good after so many milliseconds. */
  second(milliseconds: number): void {
    const { clock } = this.#world;
    const until = clock.now() + milliseconds;
    let restart = restartMilliseconds;
    const start = (): void => {
      const startedAt = clock.now();
      if (startedAt >= until || !this.#wanted) return;
      const process = this.#spawn();
      const cancel = clock.after(until - clock.now(), () => process.life.kill());
      void this.#run(process).then(() => {
        cancel();
        clock.after(restart, start);
        restart = nextRestart(restart, clock.now() - startedAt);
      });
    };
    start();
  }

  /** Nothing that is still to come happens to the processes. */
  spare(): void {
    for (const { life } of this.#processes) life.forgetInstants();
  }

  /** Until when the worker stands still or waits at the latest, milliseconds since 1970. */
  get idleUntil(): number {
    return this.#main ? Math.max(this.#main.standsStillUntil, this.#main.waitsUntil) : 0;
  }

  /** Logging in is refused for so many milliseconds. */
  refuseLogin(milliseconds: number): void {
    this.#refusedUntil = this.#world.clock.now() + milliseconds;
  }

  /** Ends everything and closes the store's files. */
  async close(): Promise<void> {
    this.#wanted = false;
    for (const { life } of this.#processes) life.kill();
    for (const { store } of this.#processes) await store?.close();
  }

  #spawn(): Process {
    const name = `worker ${this.#processes.length + 1}`;
    const life = new Lifeline(this.#world.clock);
    const process: Process = {
      name,
      life,
      stop: new AbortController(),
      store: undefined,
      ended: false,
      standsStillUntil: 0,
      waitsUntil: 0,
    };
    this.#processes.push(process);
    this.#world.trace.add(name, 'starts');
    return process;
  }

  async #run(process: Process): Promise<void> {
    const { org, network, streams, random, trace, wrapStore, environment = usualEnvironment } = this.#world;
    const { life, name } = process;
    const { clock } = life;
    try {
      process.store = await openStore({ file: this.#world.storeFile, clock, lives: (owner) => this.#lives(owner) });
      const lease = new LeaseGuard();
      const transport: Transport = (request) =>
        life.call(request.url.startsWith(orgUrl) ? 'org' : 'iterable', async () => {
          lease.look(clock.now());
          return network.send(request);
        });
      const login = this.#login(life);
      const salesforce = connectSalesforce({ transport, login, clock, pageRecords: this.#world.pageRecords });
      const log: Log = ({ level, message, facts = {} }) => {
        trace.add(name, `${level} ${message} ${JSON.stringify(facts)}`);
        const { until } = facts;
        if (typeof until === 'string') process.waitsUntil = Math.max(process.waitsUntil, Date.parse(until));
      };
      await runParts(
        {
          owner: name,
          orgId: org.core.id,
          salesforce,
          store: wrapStore(life.through('store', process.store)),
          ...(streams && { openTopic: streams.for(life) }),
          transport,
          lease,
          clock,
          random,
          makeId: countingIds(`${name.replace(' ', '-')}-`),
          environment,
          log,
        },
        process.stop.signal,
      );
      trace.add(name, 'ended');
    } catch (error) {
      trace.add(name, `ended by ${String(error)}`);
      if (!(error instanceof LeaseLostError)) {
        this.#crashes.push(
          `${name} ended by ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
    process.ended = true;
  }

  #lives(owner: string): boolean {
    const process = this.#processes.find(({ name }) => name === owner);
    return !this.#world.sameMachine || (process !== undefined && !process.ended && !process.life.isDead);
  }

  #login(life: Lifeline): Login {
    const { org, clock } = this.#world;
    return {
      description: 'JWT login of the integration user',
      login: () =>
        life.call('org', async () => {
          if (clock.now() < this.#refusedUntil) {
            throw new CredentialsError('The org does not accept the login.', ['Approve the app again.']);
          }
          return { accessToken: org.issueToken(org.core.integrationUserId), instanceUrl: orgUrl };
        }),
    };
  }
}

/** How long to wait after the next end of a process that lived so long. */
function nextRestart(restart: number, lived: number): number {
  return lived >= longestRestartMilliseconds ? restartMilliseconds : Math.min(2 * restart, longestRestartMilliseconds);
}
