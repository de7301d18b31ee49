import type { Org, OrgClock, Session } from '../../core/index.ts';
import { CompileError } from '../syntax/index.ts';
import { runJobs } from '../library/index.ts';
import { Thrown, Unsupported } from '../runtime/throw.ts';
import { Thread, type TestContext } from '../runtime/thread.ts';
import type { ClassInfo, MethodInfo } from '../types/index.ts';
import { Coverage } from './coverage.ts';
import { guard, type ApexHost } from './host.ts';

/** What became of one test method. */
export interface TestResult {
  readonly className: string;
  readonly methodName: string;
  readonly outcome: 'Pass' | 'Fail';
  readonly message: string | null;
  readonly stackTrace: string | null;
  /** Milliseconds of CPU as Apex counts them. */
  readonly runTime: number;
}

export interface TestRun {
  readonly results: readonly TestResult[];
  readonly coverage: Coverage;
  /** Which lines each test ran. */
  readonly perTest: readonly { readonly className: string; readonly methodName: string; readonly coverage: Coverage }[];
}

const has = (method: MethodInfo, annotation: string) => method.annotations.has(annotation);
const methodsOf = (info: ClassInfo): readonly MethodInfo[] => [...info.methods.values()].flat();

/** The test methods of a class. */
export const testMethods = (info: ClassInfo): readonly MethodInfo[] =>
  methodsOf(info).filter((method) => has(method, 'istest') && method.isStatic);

/** What tests need made: an org of their own, without the records of the one that they test. */
export interface TestBench {
  readonly org: Org;
  /** Apex over a copy of the org. */
  hostFor(org: Org): { readonly host: ApexHost; readonly threads: WeakMap<object, Thread> };
}

/** Runs test methods, each in a transaction that is undone; `wanted` chooses methods of a class, by lower-case name. */
export function runTests(bench: TestBench, classes: readonly ClassInfo[], wanted?: ReadonlySet<string>): TestRun {
  const results: TestResult[] = [];
  const coverage = new Coverage();
  const perTest: { className: string; methodName: string; coverage: Coverage }[] = [];
  for (const info of classes) {
    const clock = stoppedTimers(bench.org.clock);
    const org = bench.org.fork({ clock });
    const { host, threads } = bench.hostFor(org);
    const session: Session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/apex/test' };
    const setup = methodsOf(info).find((method) => has(method, 'testsetup'));
    const prepared = setup === undefined ? undefined : runOne(host, threads, session, setup, true);
    const failed = prepared?.outcome === 'Fail' ? prepared : undefined;
    for (const method of testMethods(info)) {
      if (wanted !== undefined && !wanted.has(method.name.toLowerCase())) continue;
      const own = new Coverage();
      host.coverage = own;
      const result = failed ?? runOne(host, threads, session, method, false);
      results.push({ className: info.name, methodName: method.name, ...result });
      coverage.add(own);
      perTest.push({ className: info.name, methodName: method.name, coverage: own });
    }
  }
  return { results, coverage, perTest };
}

/** The org's time without its timers: nothing of a test happens after it. */
const stoppedTimers = (clock: OrgClock): OrgClock => ({ now: () => clock.now(), after: () => () => undefined });

/** Ends a test's transaction without a trace. */
class Undo extends Error {}

type Outcome = Omit<TestResult, 'className' | 'methodName'>;

function runOne(
  host: ApexHost,
  threads: WeakMap<object, Thread>,
  session: Session,
  method: MethodInfo,
  stays: boolean,
): Outcome {
  let outcome: Outcome = { outcome: 'Pass', message: null, stackTrace: null, runTime: 0 };
  try {
    host.org.open(session, (unit) => {
      const test: TestContext = { jobs: [], started: false, stopped: false, calloutMock: null, deliveries: [] };
      const thread = new Thread(host, unit, { test });
      threads.set(unit, thread);
      outcome = attempt(thread, method, test);
      if (!stays || outcome.outcome === 'Fail') throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return outcome;
}

function attempt(thread: Thread, method: MethodInfo, test: TestContext): Outcome {
  try {
    guard(thread, () => method.invoke?.(thread, null, []));
    if (test.started && !test.stopped) runJobs(thread, test);
    return { outcome: 'Pass', message: null, stackTrace: null, runTime: thread.limits.cpuMilliseconds };
  } catch (error) {
    const runTime = thread.limits.cpuMilliseconds;
    if (error instanceof Thrown) {
      const { thrown, info } = error.exception;
      const name = info.file === undefined ? `System.${info.name}` : info.name;
      return {
        outcome: 'Fail',
        message: `${name}: ${thrown?.message ?? ''}`,
        stackTrace: thrown?.stack ?? '',
        runTime,
      };
    }
    if (error instanceof Unsupported || error instanceof CompileError || isUnsupported(error)) {
      return { outcome: 'Fail', message: error.message, stackTrace: thread.trace().stack, runTime };
    }
    throw error;
  }
}

/** Parts of the library that read text of their own (patterns, formats) say so by a plain error. */
const isUnsupported = (error: unknown): error is Error =>
  error instanceof Error && error.message.startsWith('unsupported ');
