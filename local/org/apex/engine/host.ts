import type { Org, Session, UnitOfWork } from '../../core/index.ts';
import type { Program } from '../compile/program.ts';
import { recordsOfLocator } from '../library/index.ts';
import { callMethod } from '../runtime/invoke.ts';
import { makeException, throwApex, Thrown, Unsupported } from '../runtime/throw.ts';
import { Thread, type AsyncJob, type Host, type Message, type TestContext } from '../runtime/thread.ts';
import { known, type ClassInfo, type Type } from '../types/index.ts';
import { type Instance, ListValue, NativeValue, SetValue, type Value } from '../values/index.ts';
import type { Coverage } from './coverage.ts';
import { Schedule } from './schedule.ts';

/** What Apex needs of the org around it. */
export interface ApexSurroundings {
  readonly org: Org;
  label(name: string): string | undefined;
  /** By their names in `OrgLimits`. */
  orgLimits(): ReturnType<Host['orgLimits']>;
  /** From 0 up to 1. */
  random(): number;
  nextId(keyPrefix: string): string;
}

/** An org that runs a program. */
export class ApexHost implements Host {
  readonly org: Org;
  readonly messages: Message[] = [];
  /** The last lines that code wrote by `System.debug`. */
  readonly debugLog: { readonly level: string; readonly text: string }[] = [];
  /** What became of jobs that failed, newest last. */
  readonly failedJobs: { readonly name: string; readonly message: string }[] = [];
  readonly schedules: Schedule;
  coverage: Coverage | undefined = undefined;
  readonly #surroundings: ApexSurroundings;
  readonly #program: () => Program;

  constructor(surroundings: ApexSurroundings, program: () => Program) {
    this.org = surroundings.org;
    this.#surroundings = surroundings;
    this.#program = program;
    this.schedules = new Schedule(this.org, (job, userId) => this.#startJob(job, userId));
  }

  get program(): Program {
    return this.#program();
  }

  findClass(name: string): ClassInfo | undefined {
    const type = this.program.typeNamed(name);
    return type?.info.file === undefined ? undefined : type.info;
  }

  typeNamed(name: string): Type | undefined {
    return this.program.typeNamed(name);
  }

  label(name: string): string | undefined {
    return this.#surroundings.label(name);
  }

  random(): number {
    return this.#surroundings.random();
  }

  makeJobId(keyPrefix: string): string {
    return this.#surroundings.nextId(keyPrefix);
  }

  orgLimits(): ReturnType<Host['orgLimits']> {
    return this.#surroundings.orgLimits();
  }

  send(message: Message): void {
    this.messages.push(message);
  }

  log(level: string, text: string): void {
    this.debugLog.push({ level, text });
    if (this.debugLog.length > 1_000) this.debugLog.shift();
  }

  cover(info: ClassInfo | undefined, line: number): void {
    if (this.coverage !== undefined && info !== undefined) this.coverage.cover(info, line);
  }

  holdsPermission(userId: string, name: string): boolean {
    const admin: Session = { userId: this.org.adminUserId, token: '', origin: '' };
    const text = name.replace(/[\\']/g, '');
    const soql =
      `SELECT COUNT() FROM SetupEntityAccess WHERE SetupEntityId IN (SELECT Id FROM CustomPermission WHERE DeveloperName = '${text}') ` +
      `AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${userId}')`;
    return this.org.prepare(soql, admin).run().totalSize > 0;
  }

  enqueue(thread: Thread, job: AsyncJob): void {
    if (thread.test !== undefined) {
      thread.test.jobs.push(job);
      return;
    }
    const { userId } = thread;
    thread.unit.afterCommit(() => void this.org.clock.after(0, () => this.#startJob(job, userId)));
  }

  schedule(thread: Thread, instance: Instance, name: string, cron: string): string {
    const added = this.schedules.add(thread, instance, name, cron);
    if ('problem' in added) return throwApex(thread, 'AsyncException', added.problem);
    if (thread.test !== undefined) thread.test.jobs.push(added);
    return added.id;
  }

  abort(thread: Thread, jobId: string): boolean {
    return this.schedules.remove(thread, jobId);
  }

  runJob(job: AsyncJob, userId: string, test: TestContext | undefined, thread: Thread): void {
    this.#runIn(thread.unit, job, userId, test);
  }

  /** Runs a job of its own accord; one that fails is kept for who looks, as an org keeps it. */
  #startJob(job: AsyncJob, userId: string): void {
    const session: Session = { userId, token: '', origin: 'com/salesforce/apex/async' };
    try {
      this.org.open(session, (unit) => this.#runIn(unit, job, userId, undefined));
    } catch (error) {
      if (!(error instanceof Thrown) && !(error instanceof Unsupported)) throw error;
      this.failedJobs.push({ name: job.name, message: error.message });
    }
  }

  #runIn(unit: UnitOfWork, job: AsyncJob, userId: string, test: TestContext | undefined): void {
    const options = { isAsync: true, userId, ...(test === undefined ? {} : { test }) };
    const start = () => new Thread(this, unit, options);
    const context = (name: string) => new NativeValue(known(name), { text: name, id: job.id });
    const run = (thread: Thread, method: string, args: readonly Value[]) =>
      guard(thread, () => callMethod(thread, job.instance, method, args));
    switch (job.kind) {
      case 'queueable':
        run(start(), 'execute', [context('QueueableContext')]);
        return;
      case 'schedulable':
        run(start(), 'execute', [context('SchedulableContext')]);
        return;
      case 'batch': {
        const batch = context('Database.BatchableContext');
        const found = run(start(), 'start', [batch]);
        const items = recordsOfLocator(found) ?? itemsOf(found);
        for (let from = 0; from < items.length; from += job.scope) {
          run(start(), 'execute', [batch, new ListValue(items.slice(from, from + job.scope))]);
        }
        run(start(), 'finish', [batch]);
      }
    }
  }
}

function itemsOf(found: Value): readonly Value[] {
  if (found instanceof ListValue) return found.items;
  if (found instanceof SetValue) return [...found.items.values()];
  throw new Unsupported('answer of a batch start', 'only a query locator, a list or a set is known');
}

/** Runs code; the interpreter's own stack ends where an org's would have. */
export function guard<Result>(thread: Thread, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error;
    throw new Thrown(makeException(thread, known('LimitException'), 'Maximum stack depth reached: 1001'));
  }
}
