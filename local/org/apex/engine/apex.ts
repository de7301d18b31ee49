import { createHash } from 'node:crypto';
import type { Org, Session, UnitOfWork } from '../../core/index.ts';
import { compileProgram, type Problem, type Program, type Source } from '../compile/program.ts';
import '../library/index.ts';
import { Thread, type Message } from '../runtime/thread.ts';
import { compileWorld } from './compile-world.ts';
import type { Coverage } from './coverage.ts';
import { ApexHost, guard, type ApexSurroundings } from './host.ts';
import { runTests, type TestRun } from './tests.ts';
import { Triggers } from './triggers.ts';

/** What Apex needs of its org: the sources that are deployed, and what is around them. */
export interface ApexWorld extends ApexSurroundings {
  sources(): readonly Source[];
  hasLabel(name: string): boolean;
}

/** Apex in one org. */
export interface Apex {
  readonly org: Org;
  /** The program of what is deployed; compiled when it is first needed. */
  readonly program: Program;
  readonly sources: readonly Source[];
  /** Mail and notifications that code has sent. */
  readonly messages: readonly Message[];
  readonly debugLog: ApexHost['debugLog'];
  readonly failedJobs: ApexHost['failedJobs'];
  readonly scheduledJobs: ApexHost['schedules']['all'];
  /** Coverage of all test runs since the last deploy. */
  readonly coverage: Coverage | undefined;
  /** Runs code in a transaction of its own; committed unless it throws. */
  run<Result>(session: Session, act: (thread: Thread) => Result, options?: { readonly sharing?: boolean }): Result;
  /** What would be wrong with the program if these were its sources, in an org of that schema. */
  check(sources: readonly Source[], org: Org, hasLabel: (name: string) => boolean): readonly Problem[];
  runTests(classNames: readonly string[] | undefined, methods?: ReadonlyMap<string, ReadonlySet<string>>): TestRun;
  /** Forgets the compiled program: other sources, or another schema, are there. */
  changed(): void;
}

/** Compiled programs, by their sources and the schema that they were compiled against: forks share them. */
const programs = new Map<string, Program>();

function programOf(sources: readonly Source[], org: Org, hasLabel: (name: string) => boolean): Program {
  const hash = createHash('sha256');
  for (const { kind, name, text } of sources) hash.update(`${kind} ${name}\n${text}\n`);
  for (const object of org.schema.objects())
    hash.update(
      `${object.name} ${[...object.fields.values()].map(({ name, type, relationshipName, childRelationshipName }) => `${name}:${type}:${relationshipName ?? ''}:${childRelationshipName ?? ''}`).join()}\n`,
    );
  const key = hash.digest('base64');
  let program = programs.get(key);
  if (program === undefined) {
    program = compileProgram(sources, compileWorld(org, hasLabel));
    if (programs.size >= 8) programs.clear();
    programs.set(key, program);
  }
  return program;
}

/** Lets Apex run in an org: its triggers fire from now on. */
export function createApex(world: ApexWorld): Apex {
  const { org } = world;
  let program: Program | undefined;
  let sources: readonly Source[] | undefined;
  let objects: ReadonlySet<string> | undefined;
  let coverage: Coverage | undefined;
  const threads = new WeakMap<UnitOfWork, Thread>();
  const allSources = () => (sources ??= world.sources());
  const compiled = () => (program ??= programOf(allSources(), org, (name) => world.hasLabel(name)));
  const host = new ApexHost(world, compiled);
  const install = (own: ApexHost, over: Org, of: WeakMap<UnitOfWork, Thread>): void =>
    over.useTriggers(
      new Triggers(
        own,
        () => compiled().triggers,
        () => (objects ??= triggerObjects(allSources())),
        of,
      ),
    );
  install(host, org, threads);
  return {
    org,
    get program() {
      return compiled();
    },
    get sources() {
      return allSources();
    },
    messages: host.messages,
    debugLog: host.debugLog,
    failedJobs: host.failedJobs,
    get scheduledJobs() {
      return host.schedules.all;
    },
    get coverage() {
      return coverage;
    },
    run: (session, act, options = {}) =>
      org.open(session, (unit) => {
        const thread = new Thread(host, unit, options);
        threads.set(unit, thread);
        return guard(thread, () => act(thread));
      }),
    check: (wanted, over, hasLabel) => programOf(wanted, over, hasLabel).problems,
    runTests(classNames, methods) {
      const names = classNames?.map((name) => name.toLowerCase());
      const classes = [...compiled().classes.values()].filter(
        (info) => info.isTest && (names === undefined || names.includes(info.name.toLowerCase())),
      );
      const bench = {
        org,
        hostFor: (copy: Org) => {
          const own = new ApexHost(
            {
              ...world,
              org: copy,
              label: (name) => world.label(name),
              orgLimits: () => world.orgLimits(),
              random: () => world.random(),
              nextId: (prefix) => world.nextId(prefix),
            },
            compiled,
          );
          const ownThreads = new WeakMap<UnitOfWork, Thread>();
          install(own, copy, ownThreads);
          return { host: own, threads: ownThreads };
        },
      };
      const runs = classes.map((info) => runTests(bench, [info], methods?.get(info.name.toLowerCase())));
      const [first, ...others] = runs;
      for (const other of others) first?.coverage.add(other.coverage);
      coverage = first?.coverage ?? coverage;
      return {
        results: runs.flatMap(({ results }) => results),
        coverage: first?.coverage ?? runTests(bench, []).coverage,
        perTest: runs.flatMap(({ perTest }) => perTest),
      };
    },
    changed() {
      program = undefined;
      sources = undefined;
      objects = undefined;
      coverage = undefined;
    },
  };
}

/** Objects that have triggers, read from the heads of the triggers alone: a write to others must not wait for a compiler. */
function triggerObjects(sources: readonly Source[]): ReadonlySet<string> {
  const objects = sources.flatMap(({ kind, text }) => {
    const head =
      kind === 'trigger'
        ? /\btrigger\s+\w+\s+on\s+(\w+)\s*\(/i.exec(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
        : null;
    return head?.[1] === undefined ? [] : [head[1].toLowerCase()];
  });
  return new Set(objects);
}
