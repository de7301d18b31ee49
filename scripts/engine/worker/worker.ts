import { LeaseLostError, PlumblineError, SettingsError } from '../errors.ts';
import { answerCommand } from '../commands/index.ts';
import type { Answer, Command } from '../ports/index.ts';
import { Bell, canBeWaitedOut, Patience } from '../run/index.ts';
import { Announcements } from './announcements.ts';
import { AskedEnds } from './asked-ends.ts';
import { BellWatch } from './bell-watch.ts';
import { bindStore } from './bind-store.ts';
import { ExclusionList } from './exclusion-list.ts';
import { workerTiming, type WorkerOptions, type WorkerTiming } from './options.ts';
import { PauseGate } from './pause-gate.ts';
import { Reports } from './reports.ts';
import { Session, type SessionPorts } from './session.ts';
import { VersionLooks } from './version-looks.ts';

/** The worker was asked to stop, and did. */
class WorkerStopped extends Error {}

/**
 * Keeps the activated syncs of one org in step until `options.stop` is aborted; resolves then, with what had left
 * settled and both leases given back. Rejects with `LeaseLostError` when another worker holds the org or the store,
 * and with whatever else it cannot wait out.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const worker = new Worker(options);
  await worker.run();
}

class Worker {
  readonly #options: WorkerOptions;
  readonly #timing: WorkerTiming;
  readonly #over = new AbortController();
  readonly #pauseGate: PauseGate;
  readonly #exclusionList = new ExclusionList();
  readonly #reports: Reports;
  readonly #announcements: Announcements;
  readonly #commands = new Bell();
  readonly #askedEnds: AskedEnds;
  readonly #looks = new VersionLooks();
  readonly #bellWatch: BellWatch;
  #session: Session | undefined;
  #listening = false;
  #beatAt = Number.NEGATIVE_INFINITY;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#timing = { ...workerTiming, ...options.timing };
    this.#pauseGate = new PauseGate(options.control, options.clock, this.#timing.pauses);
    this.#reports = new Reports(options, this.#timing.runs);
    this.#announcements = new Announcements(options, (runs) => this.#reports.changed(runs));
    this.#askedEnds = new AskedEnds((connection) => options.connect(connection), options.clock);
    this.#bellWatch = new BellWatch({
      stream: options.stream,
      ...this.#hearing(),
      failed: (error) => this.#over.abort(error),
    });
  }

  async run(): Promise<void> {
    const { store, clock, owner, stop } = this.#options;
    const asked = clock.now();
    await store.acquire(owner, asked, this.#timing.lease);
    this.#options.leased?.(asked + this.#timing.lease);
    const stopped = (): void => this.#over.abort(new WorkerStopped('The worker was stopped.'));
    stop.addEventListener('abort', stopped, { once: true });
    if (stop.aborted) stopped();
    try {
      await this.#takeOrg();
      await this.#reports.remember();
      await Promise.all([
        this.#every(this.#timing.beat / 3, 'renewing the lease', () => this.#renew()),
        this.#every(this.#timing.reports, 'reporting to the org', () => this.#reports.tell()),
        this.#every(this.#timing.reports, 'telling flows of changed values', () => this.#announcements.tell()),
        this.#commandsOn(),
        this.#sessions(),
      ]);
    } catch (error) {
      if (!(error instanceof WorkerStopped)) {
        const reason = error instanceof Error ? error : new Error(String(error));
        this.#over.abort(reason);
        this.#session?.abort(reason);
        if (!(error instanceof LeaseLostError)) await store.release();
        throw error;
      }
      await this.#session?.stop();
      await this.#leaveOrg();
      await store.release();
    } finally {
      this.#bellWatch.end();
      stop.removeEventListener('abort', stopped);
    }
  }

  /** An org that cannot be reached just now is waited for; one that another worker holds is not. */
  async #takeOrg(): Promise<void> {
    const patience = this.#patience('taking the lease of the org');
    for (;;) {
      try {
        await this.#renewStore();
        await this.#beat();
        return;
      } catch (error) {
        await patience.wait(error);
      }
    }
  }

  /** An org that cannot be reached is left as it is: its lease ends by itself, and the next worker tells it what it missed. */
  async #leaveOrg(): Promise<void> {
    const { control, store, log } = this.#options;
    try {
      await this.#announcements.tell();
      await this.#reports.tell(true);
      await control.leave(store.id);
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      log({ level: 'warn', message: `The org does not know that the worker has stopped: ${error.message}` });
    }
  }

  /** Runs one activated version after the other. */
  async #sessions(): Promise<never> {
    const patience = this.#patience('reading the activated version');
    for (;;) {
      this.#looks.begin();
      try {
        const next = await this.#nextVersion();
        if (next) {
          this.#bellWatch.end();
          await this.#session?.stop();
          this.#session = undefined;
          await bindStore(this.#options.store, next.configuration.orgId);
          const session = await Session.open(next, this.#sessionPorts());
          this.#session = session;
          this.#looks.found();
          await session.start().catch((error: unknown) => {
            session.abort(error instanceof Error ? error : new Error(String(error)));
            throw error;
          });
          this.#options.log({
            level: 'info',
            message: 'At work',
            facts: { version: next.id, syncs: session.syncs.size },
          });
        }
        this.#looks.settled();
        if (!this.#session) this.#bellWatch.begin();
        await this.#session?.tick();
        patience.succeeded();
        if (await this.#session?.isOutdated()) {
          await this.#session?.stop();
          this.#session = undefined;
          continue;
        }
        await this.#untilNextLook();
      } catch (error) {
        this.#over.signal.throwIfAborted();
        this.#looks.failed();
        if (!canBeWaitedOut(error)) throw error;
        // A session that ended by an error that passes is opened anew: nothing of it may go on beside the next one.
        // Another org, or an altered version: whatever a person has to mend, nothing is sent until it is (N-15).
        if (this.#session?.isOver || error instanceof SettingsError) {
          await this.#session?.stop();
          this.#session = undefined;
        }
        await patience.wait(error);
      }
    }
  }

  /** Rejects with what ended the session meanwhile. */
  async #untilNextLook(): Promise<void> {
    const { clock } = this.#options;
    const ended = new AbortController();
    this.#session?.ended.catch((error: unknown) => ended.abort(error));
    await this.#looks.wait(clock, this.#timing.beat, AbortSignal.any([this.#over.signal, ended.signal]));
  }

  async #nextVersion(): ReturnType<WorkerOptions['control']['activeVersion']> {
    const { control, store, clock } = this.#options;
    for (const sync of await this.#exclusionList.refresh(control, store, clock)) this.#session?.wake(sync);
    const active = await control.activeVersion();
    return active?.hash === this.#session?.version.hash ? undefined : active;
  }

  #sessionPorts(): SessionPorts {
    return {
      ...this.#options,
      pauseGate: this.#pauseGate,
      exclusionList: this.#exclusionList,
      reports: this.#reports,
      ...this.#hearing(),
    };
  }

  #hearing(): Pick<SessionPorts, 'doorbell' | 'listening'> {
    return {
      doorbell: () => this.#commands.ring(),
      listening: (listening) => {
        this.#listening = listening;
      },
    };
  }

  async #commandsOn(): Promise<never> {
    const { control, clock, store } = this.#options;
    const patience = this.#patience('claiming commands');
    // Claimed and not answered: the control plane hands each out once, so that what the org did not take waits here.
    const open = new Map<Command, Answer | undefined>();
    for (;;) {
      try {
        for (const command of await control.claim(store.id, clock.now())) open.set(command, undefined);
        for (const [command, given] of open) {
          const answer = given ?? (await this.#answer(command));
          open.set(command, answer);
          await control.answer(command, answer);
          open.delete(command);
        }
        patience.succeeded();
      } catch (error) {
        this.#over.signal.throwIfAborted();
        await patience.wait(error);
      }
      await this.#commands.wait(clock, this.#listening ? this.#timing.beat : this.#timing.commands, this.#over.signal);
    }
  }

  async #answer(command: Command): Promise<Answer> {
    // What a command changes or tells of the pauses, the next batch sees, too.
    this.#pauseGate.forget();
    if (command.kind !== 'pause' && command.kind !== 'resume') await this.#looks.fresh();
    const answer = await answerCommand(command, {
      ...this.#options,
      connect: (connection) => this.#askedEnds.connect(connection),
      session: this.#session,
      exclusions: this.#exclusionList,
      changedRuns: (runs) => this.#reports.changed(runs),
    });
    this.#askedEnds.used();
    return answer;
  }

  async #renew(): Promise<void> {
    await this.#renewStore();
    if (this.#options.clock.now() - this.#beatAt >= this.#timing.beat) await this.#beat();
  }

  async #renewStore(): Promise<void> {
    const { store, clock, leased } = this.#options;
    const asked = clock.now();
    await store.renew(asked, this.#timing.lease);
    leased?.(asked + this.#timing.lease);
  }

  async #beat(): Promise<void> {
    const { store, clock, control } = this.#options;
    const backlog = (await store.backlog()).reduce((sum, each) => sum + each.count, 0);
    const now = clock.now();
    await control.beat({
      storeId: store.id,
      now,
      leaseMilliseconds: this.#timing.lease,
      backlog,
      listening: this.#listening,
    });
    this.#beatAt = now;
  }

  async #every(milliseconds: number, what: string, work: () => Promise<void>): Promise<never> {
    const patience = this.#patience(what);
    for (;;) {
      try {
        await work();
        patience.succeeded();
        await this.#options.clock.sleep(milliseconds, this.#over.signal);
      } catch (error) {
        this.#over.signal.throwIfAborted();
        // An org that cannot be reached for a whole lease may have given it to another worker.
        if (error instanceof PlumblineError && this.#options.clock.now() - this.#beatAt > this.#timing.lease) {
          throw new LeaseLostError(
            `The org was not reached in time to keep its lease: ${error.message}`,
            ['Start the worker again.'],
            { cause: error },
          );
        }
        await patience.wait(error);
      }
    }
  }

  #patience(what: string): Patience {
    const { clock, random, log } = this.#options;
    return new Patience(clock, random, this.#over.signal, {
      waiting: (error, until) =>
        log({
          level: 'warn',
          message: `Waiting with ${what}: ${error.message}`,
          facts: { until: new Date(until).toISOString() },
        }),
      over: () => undefined,
    });
  }
}
