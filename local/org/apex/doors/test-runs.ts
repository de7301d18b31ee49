import { OrgError } from '../../core/index.ts';
import type { Session } from '../../core/index.ts';
import type { Apex } from '../engine/apex.ts';
import type { Coverage } from '../engine/coverage.ts';
import type { TestResult, TestRun } from '../engine/tests.ts';

/** Rows that queries of the Tooling API find, by object. */
export type ToolingRows = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

/** Test runs and their results, as the Tooling API tells them (Tooling API Developer Guide, "ApexTestResult" and others). */
export interface TestRuns {
  /** `runTestsSynchronous`: runs and answers. */
  runNow(request: unknown): unknown;
  /** `runTestsAsynchronous`: answers the run's ID; it has ended by then. */
  start(request: unknown, session: Session): string;
  rows(): ToolingRows;
}

interface Wanted {
  readonly classes: readonly string[] | undefined;
  readonly methods: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Kept {
  readonly id: string;
  readonly userId: string;
  readonly at: string;
  readonly run: TestRun;
  readonly suites: string;
}

export function createTestRuns(
  apex: Apex,
  ids: { idOf(kind: 'ApexClass' | 'ApexTrigger', name: string): string; nextId(keyPrefix: string): string },
): TestRuns {
  const kept: Kept[] = [];
  const nameOf = (id: string): string | undefined =>
    apex.sources.find(
      ({ kind, name }) =>
        ids.idOf(kind === 'class' ? 'ApexClass' : 'ApexTrigger', name).slice(0, 15) === id.slice(0, 15),
    )?.name;
  const execute = (request: unknown): TestRun => {
    const { classes, methods } = readRequest(request, nameOf);
    const unknown = classes?.find((name) => !apex.program.classes.has(name.toLowerCase()));
    if (unknown !== undefined) throw new OrgError(400, 'INVALID_INPUT', `Class name ${unknown} does not exist`);
    return apex.runTests(classes, methods);
  };
  return {
    runNow(request) {
      const run = execute(request);
      return synchronousAnswer(apex, run, ids);
    },
    start(request, session) {
      const run = execute(request);
      const id = ids.nextId('707');
      kept.push({
        id,
        userId: session.userId,
        at: new Date(apex.org.clock.now()).toISOString().replace('Z', '+0000'),
        run,
        suites: '',
      });
      return id;
    },
    rows: () => rowsOf(apex, kept, ids),
  };
}

type Ids = Parameters<typeof createTestRuns>[1];

function readRequest(request: unknown, nameOf: (id: string) => string | undefined): Wanted {
  const body = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>;
  const methods = new Map<string, ReadonlySet<string>>();
  const split = (text: unknown) =>
    typeof text === 'string' && text !== '' ? text.split(',').map((name) => name.trim()) : [];
  const tests = Array.isArray(body['tests']) ? (body['tests'] as readonly Record<string, unknown>[]) : [];
  const classes = [...split(body['classNames']), ...split(body['classids']).map((id) => nameOf(id) ?? id)];
  if (split(body['suiteNames']).length + split(body['suiteids']).length > 0) {
    throw new OrgError(400, 'INVALID_INPUT', 'unsupported test suites in the local org');
  }
  for (const test of tests) {
    const name =
      typeof test['className'] === 'string'
        ? test['className']
        : (nameOf(typeof test['classId'] === 'string' ? test['classId'] : '') ?? '');
    classes.push(name);
    const given = test['testMethods'];
    if (Array.isArray(given)) methods.set(name.toLowerCase(), new Set(given.map((each) => String(each).toLowerCase())));
  }
  const everything =
    classes.length === 0 &&
    /^(RunLocalTests|RunAllTestsInOrg)$/.test(String((body['testLevel'] as string | undefined) ?? ''));
  if (classes.length === 0 && !everything) throw new OrgError(400, 'INVALID_INPUT', 'No tests were named');
  return { classes: everything ? undefined : classes, methods };
}

const fullOutcome = ({ outcome }: TestResult) => outcome;

function synchronousAnswer(apex: Apex, run: TestRun, ids: Ids): unknown {
  const entry = (result: TestResult) => ({
    id: ids.idOf('ApexClass', result.className),
    methodName: result.methodName,
    name: result.className,
    namespace: null,
    seeAllData: false,
    time: result.runTime,
  });
  const failed = run.results.filter(({ outcome }) => outcome === 'Fail');
  return {
    apexLogId: null,
    codeCoverage: coverageOf(apex, run.coverage).map(({ kind, name, covered, uncovered }) => ({
      id: ids.idOf(kind, name),
      name,
      namespace: null,
      type: kind === 'ApexClass' ? 'Class' : 'Trigger',
      numLocations: covered.length + uncovered.length,
      numLocationsNotCovered: uncovered.length,
      locationsNotCovered: uncovered.map((line) => ({ line, column: 1, numExecutions: 0, time: -1 })),
    })),
    codeCoverageWarnings: [],
    failures: failed.map((result) => ({
      ...entry(result),
      message: result.message,
      stackTrace: result.stackTrace,
      type: 'Class',
      packageName: result.className,
    })),
    numFailures: failed.length,
    numTestsRun: run.results.length,
    successes: run.results.filter(({ outcome }) => outcome === 'Pass').map(entry),
    totalTime: run.results.reduce((sum, { runTime }) => sum + runTime, 0),
  };
}

interface Covered {
  readonly kind: 'ApexClass' | 'ApexTrigger';
  readonly name: string;
  readonly covered: readonly number[];
  readonly uncovered: readonly number[];
}

/** The lines of each class and trigger that ran, and those that did not; tests themselves do not count. */
function coverageOf(apex: Apex, coverage: Coverage): readonly Covered[] {
  const triggers = new Set(apex.program.triggers.map(({ name }) => name));
  return [...apex.program.lines].flatMap(([name, lines]): Covered[] => {
    const ran = coverage.linesOf(name);
    const all = [...lines].sort((left, right) => left - right);
    if (all.length === 0) return [];
    return [
      {
        kind: triggers.has(name) ? 'ApexTrigger' : 'ApexClass',
        name,
        covered: all.filter((line) => ran.has(line)),
        uncovered: all.filter((line) => !ran.has(line)),
      },
    ];
  });
}

function rowsOf(apex: Apex, kept: readonly Kept[], ids: Ids): ToolingRows {
  const rows = new Map<string, Readonly<Record<string, unknown>>[]>();
  const add = (object: string, row: Readonly<Record<string, unknown>>) =>
    rows.set(object, [...(rows.get(object) ?? []), row]);
  for (const object of OBJECTS) rows.set(object, []);
  for (const { kind, name, text } of apex.sources) {
    const object = kind === 'class' ? 'ApexClass' : 'ApexTrigger';
    add(object, {
      Id: ids.idOf(object, name),
      Name: name,
      NamespacePrefix: null,
      ApiVersion: 66,
      Status: 'Active',
      IsValid: true,
      Body: text,
      LengthWithoutComments: text.length,
    });
  }
  for (const each of kept) addRun(apex, each, ids, add);
  const all = coverageOf(apex, apex.coverage ?? EMPTY);
  for (const { kind, name, covered, uncovered } of apex.coverage === undefined ? [] : all) {
    const id = ids.idOf(kind, name);
    add('ApexCodeCoverageAggregate', {
      Id: `715${id.slice(3)}`,
      ApexClassOrTriggerId: id,
      ApexClassOrTrigger: { Id: id, Name: name },
      NumLinesCovered: covered.length,
      NumLinesUncovered: uncovered.length,
      Coverage: { coveredLines: covered, uncoveredLines: uncovered },
    });
  }
  const total = all.reduce((sum, { covered, uncovered }) => sum + covered.length + uncovered.length, 0);
  const ran = all.reduce((sum, { covered }) => sum + covered.length, 0);
  add('ApexOrgWideCoverage', {
    Id: '716000000000001AAA',
    PercentCovered: total === 0 ? 0 : Math.floor((100 * ran) / total),
  });
  return rows;
}

const EMPTY = { linesOf: () => new Set<number>() } as unknown as Coverage;
const OBJECTS = [
  'ApexClass',
  'ApexTrigger',
  'ApexTestRunResult',
  'ApexTestQueueItem',
  'ApexTestResult',
  'ApexCodeCoverage',
  'ApexCodeCoverageAggregate',
  'ApexOrgWideCoverage',
];

function addRun(
  apex: Apex,
  { id, userId, at, run }: Kept,
  ids: Ids,
  add: (object: string, row: Readonly<Record<string, unknown>>) => void,
): void {
  const failed = run.results.filter(({ outcome }) => outcome === 'Fail').length;
  const classes = [...new Set(run.results.map(({ className }) => className))];
  add('ApexTestRunResult', {
    Id: `05m${id.slice(3)}`,
    AsyncApexJobId: id,
    Status: failed === 0 ? 'Completed' : 'Failed',
    StartTime: at,
    EndTime: at,
    TestTime: run.results.reduce((sum, { runTime }) => sum + runTime, 0),
    TestSetupTime: 0,
    UserId: userId,
    ClassesEnqueued: classes.length,
    ClassesCompleted: classes.length,
    MethodsEnqueued: run.results.length,
    MethodsCompleted: run.results.length,
    MethodsFailed: failed,
  });
  classes.forEach((name, index) =>
    add('ApexTestQueueItem', {
      Id: queueId(id, index),
      ParentJobId: id,
      ApexClassId: ids.idOf('ApexClass', name),
      ApexClass: { Id: ids.idOf('ApexClass', name), Name: name, NamespacePrefix: null },
      Status: 'Completed',
      ExtendedStatus: `(${run.results.filter((result) => result.className === name && result.outcome === 'Pass').length}/${run.results.filter((result) => result.className === name).length})`,
      TestRunResultId: `05m${id.slice(3)}`,
    }),
  );
  run.results.forEach((result, index) => {
    const classId = ids.idOf('ApexClass', result.className);
    const resultId = `07M${id.slice(3, 11)}${index.toString(36).padStart(4, '0')}AAA`;
    add('ApexTestResult', {
      Id: resultId,
      QueueItemId: queueId(id, classes.indexOf(result.className)),
      AsyncApexJobId: id,
      ApexTestRunResultId: `05m${id.slice(3)}`,
      Outcome: fullOutcome(result),
      Message: result.message,
      StackTrace: result.stackTrace,
      MethodName: result.methodName,
      RunTime: result.runTime,
      TestTimestamp: at,
      ApexLogId: null,
      IsTestSetup: false,
      ApexClass: { Id: classId, Name: result.className, NamespacePrefix: null },
      ApexClassId: classId,
    });
    const own = run.perTest[index];
    if (own === undefined) return;
    for (const { kind, name, covered, uncovered } of coverageOf(apex, own.coverage)) {
      if (covered.length === 0) continue;
      const target = ids.idOf(kind, name);
      add('ApexCodeCoverage', {
        Id: `714${id.slice(3, 11)}${index.toString(36).padStart(4, '0')}AAA`,
        ApexTestClassId: classId,
        ApexTestClass: { Id: classId, Name: result.className },
        ApexClassOrTriggerId: target,
        ApexClassOrTrigger: { Id: target, Name: name },
        TestMethodName: result.methodName,
        NumLinesCovered: covered.length,
        NumLinesUncovered: uncovered.length,
        Coverage: { coveredLines: covered, uncoveredLines: uncovered },
      });
    }
  });
}

const queueId = (id: string, index: number): string => `709${id.slice(3, 11)}${index.toString(36).padStart(4, '0')}AAA`;
