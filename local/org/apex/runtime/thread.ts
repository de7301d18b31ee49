import type { AccessMode, Actor, Org, UnitOfWork } from '../../core/index.ts';
import type { ClassInfo, Type } from '../types/index.ts';
import type { Instance, ListValue, MapValue, NativeValue, Value } from '../values/index.ts';
import { ASYNCHRONOUS, Limits, SYNCHRONOUS, type Allowance, type Counter } from './limits.ts';
import { throwApex } from './throw.ts';

/** One call on the stack. */
export interface Frame {
  readonly thread: Thread;
  readonly self: Value;
  readonly locals: Value[];
  /** `Class.Health.load`, `Trigger.OnCommand`, `AnonymousBlock` */
  readonly label: string;
  readonly info: ClassInfo | undefined;
  line: number;
  result: Value;
}

/** What trigger code sees as `Trigger`. */
export interface TriggerContext {
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly timing: 'before' | 'after';
  readonly newList: ListValue | null;
  readonly oldList: ListValue | null;
  readonly newMap: MapValue | null;
  readonly oldMap: MapValue | null;
  readonly size: number;
}

/** A job that waits for its transaction to end. */
export interface AsyncJob {
  readonly id: string;
  readonly kind: 'queueable' | 'batch' | 'schedulable';
  readonly instance: Instance;
  readonly name: string;
  readonly scope: number;
}

/** What only a test has. */
export interface TestContext {
  readonly jobs: AsyncJob[];
  started: boolean;
  stopped: boolean;
  calloutMock: Value;
  /** Deliveries of platform events that wait for `deliver` or the end of the test. */
  readonly deliveries: (() => void)[];
}

/** Mail and notifications that code has sent. */
export interface Message {
  readonly kind: 'email' | 'notification';
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly target: string | null;
}

/** The org as a running program needs it. */
export interface Host {
  readonly org: Org;
  /** A class of code by its name in any case: `Outer.Inner`. */
  findClass(name: string): ClassInfo | undefined;
  typeNamed(name: string): Type | undefined;
  label(name: string): string | undefined;
  random(): number;
  makeJobId(keyPrefix: string): string;
  /** Runs a job in a transaction of its own, now. */
  runJob(job: AsyncJob, userId: string, test: TestContext | undefined, thread: Thread): void;
  /** Runs a job once this transaction is committed. */
  enqueue(thread: Thread, job: AsyncJob): void;
  /** Answers the ID of the job. */
  schedule(thread: Thread, instance: Instance, name: string, cron: string): string;
  abort(thread: Thread, jobId: string): boolean;
  send(message: Message): void;
  log(level: string, text: string): void;
  cover(info: ClassInfo | undefined, line: number): void;
  holdsPermission(userId: string, name: string): boolean;
  /** By their names in `OrgLimits`. */
  orgLimits(): ReadonlyMap<string, { readonly used: number; readonly limit: number }>;
}

const DEEPEST = 1_000;

/** One transaction as it runs. */
export class Thread {
  readonly host: Host;
  readonly unit: UnitOfWork;
  userId: string;
  limits: Limits;
  readonly isAsync: boolean;
  /** Whether the running class sees shared records only. */
  sharing: boolean;
  readonly frames: Frame[] = [];
  readonly test: TestContext | undefined;
  trigger: TriggerContext | undefined = undefined;
  triggerDepth = 0;
  readonly restContext: { request: NativeValue | null; response: NativeValue | null } = {
    request: null,
    response: null,
  };
  readonly #statics = new Map<ClassInfo, Value[]>();

  constructor(
    host: Host,
    unit: UnitOfWork,
    options: {
      readonly isAsync?: boolean;
      readonly test?: TestContext;
      readonly userId?: string;
      readonly sharing?: boolean;
    } = {},
  ) {
    this.host = host;
    this.unit = unit;
    this.userId = options.userId ?? unit.userId;
    this.isAsync = options.isAsync ?? false;
    this.sharing = options.sharing ?? false;
    this.test = options.test;
    this.limits = new Limits(this.#allowance);
  }

  get #allowance(): Allowance {
    return this.isAsync ? ASYNCHRONOUS : SYNCHRONOUS;
  }

  /** Fresh limits, as `Test.startTest` gives them. */
  renewLimits(): void {
    this.limits = new Limits(this.#allowance);
  }

  take(counter: Counter, count = 1): void {
    const exceeded = this.limits.take(counter, count);
    if (exceeded !== undefined) throwApex(this, 'LimitException', exceeded);
  }

  /** Counts a statement and covers its line. */
  step(frame: Frame, line: number): void {
    frame.line = line;
    this.host.cover(frame.info, line);
    const exceeded = this.limits.step();
    if (exceeded !== undefined) throwApex(this, 'LimitException', exceeded);
  }

  enter(frame: Frame): void {
    if (this.frames.length >= DEEPEST) {
      throwApex(this, 'LimitException', `Maximum stack depth reached: ${DEEPEST + 1}`);
    }
    this.frames.push(frame);
  }

  leave(): void {
    this.frames.pop();
  }

  /** Where the program is. */
  trace(): { readonly line: number; readonly stack: string } {
    const lines = this.frames.map(({ label, line }) => `${label}: line ${line}, column 1`).reverse();
    return { line: this.frames.at(-1)?.line ?? 0, stack: lines.join('\n') };
  }

  /** In whose rights a query or DML runs. */
  actor(mode?: 'user' | 'system'): Actor {
    const own: AccessMode = this.sharing ? 'sharing' : 'system';
    return { userId: this.userId, mode: mode === 'user' ? 'user' : own };
  }

  /** The static values of a class, made when it is first used. */
  statics(info: ClassInfo): Value[] {
    let values = this.#statics.get(info);
    if (values === undefined) {
      values = new Array<Value>(info.staticSlots).fill(null);
      this.#statics.set(info, values);
      info.initialiseStatics?.(this);
    }
    return values;
  }
}
