import { callAura, createApex, executeAnonymous, type Apex, type ApexSource } from '../index.ts';
import { createOrg, manualClock } from '../../core/index.ts';
import type { DmlRequest, DmlResult, ManualClock, Session } from '../../core/index.ts';

/** An org with some Apex in it, for tests. */
export interface ApexFixture {
  readonly apex: Apex;
  readonly clock: ManualClock;
  /** Writes as the administrator, by the door that REST uses. */
  dml(
    operation: DmlRequest['operation'],
    object: string,
    ...records: readonly Record<string, unknown>[]
  ): readonly DmlResult[];
  /** The rows of a query as plain objects. */
  query(soql: string): unknown[];
  /** What an expression gives, as a page would get it. */
  evaluate(type: string, expression: string): unknown;
  /** How a script ends: `ok`, or what is wrong with it. */
  run(script: string): string;
}

export function makeApexFixture(sources: readonly ApexSource[] = []): ApexFixture {
  const clock = manualClock(Date.UTC(2026, 0, 1, 10));
  const org = createOrg({ clock });
  const session: Session = { userId: org.adminUserId, token: '', origin: '' };
  let number = 0;
  let extra: readonly ApexSource[] = [];
  const apex = createApex({
    org,
    sources: () => [...sources, ...extra],
    label: (name) => (name === 'Known' ? 'a label' : undefined),
    hasLabel: (name) => name === 'Known',
    orgLimits: () => new Map([['DailyApiRequests', { used: 1, limit: 100 }]]),
    random: () => 0.5,
    nextId: (prefix) => `${prefix}${String(++number).padStart(12, '0')}AAA`,
  });
  return {
    apex,
    clock,
    dml: (operation, object, ...records) => org.dml({ operation, object, records, allOrNone: false, session }),
    query: (soql) =>
      org
        .prepare(soql, session)
        .run()
        .rows.map((row) => Object.fromEntries(row.values)),
    evaluate(type, expression) {
      const text = `public class Probe { @AuraEnabled public static ${type} probe() { return ${expression}; } }`;
      extra = [{ kind: 'class', name: 'Probe', text }];
      apex.changed();
      const [problem] = apex.program.problems;
      if (problem !== undefined) return `${problem.line}:${problem.column} ${problem.message}`;
      const answer = callAura(apex, session, 'Probe', 'probe', {});
      return 'value' in answer ? answer.value : `${answer.problem.exceptionType}: ${answer.problem.message}`;
    },
    run(script) {
      const { compileProblem, exceptionMessage } = executeAnonymous(apex, session, script);
      return compileProblem ?? exceptionMessage ?? 'ok';
    },
  };
}

export const apexClass = (name: string, text: string): ApexSource => ({ kind: 'class', name, text });
export const apexTrigger = (name: string, text: string): ApexSource => ({ kind: 'trigger', name, text });
