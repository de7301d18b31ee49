import type { DataStorage } from './storage.ts';
import type { UsageCounter } from './usage.ts';
import { callAura, createApex } from '../apex/index.ts';
import type { Apex, ApexSource } from '../apex/index.ts';
import type { Org, Session } from '../core/index.ts';
import { apexSource, elementText } from '../metadata/index.ts';
import type { CheckApex, ComponentStore } from '../metadata/index.ts';
import { AuraFailure } from '../shell/index.ts';

interface Surroundings {
  readonly org: Org;
  readonly store: ComponentStore;
  readonly usage: UsageCounter;
  readonly storage: DataStorage;
  readonly nextId: (keyPrefix: string) => string;
  readonly random: () => number;
}

/** Apex over the classes, triggers and labels that are deployed. */
export function makeApex({ org, store, usage, storage, nextId, random }: Surroundings): Apex {
  const label = (name: string) => {
    const found = store.list('CustomLabel').find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : (elementText(found, 'value') ?? '');
  };
  return createApex({
    org,
    sources: () => sourcesIn(store),
    label,
    hasLabel: (name) => label(name) !== undefined,
    orgLimits: () =>
      new Map<string, { readonly used: number; readonly limit: number }>([
        ['DailyApiRequests', usage],
        ['DataStorageMB', { used: storage.usedMegabytes, limit: storage.limitMegabytes }],
      ]),
    random,
    nextId,
  });
}

function sourcesIn(store: ComponentStore): readonly ApexSource[] {
  const of = (type: 'ApexClass' | 'ApexTrigger', kind: ApexSource['kind']) =>
    store.list(type).map((component) => ({ kind, name: component.fullName, text: apexSource(component) }));
  return [...of('ApexClass', 'class'), ...of('ApexTrigger', 'trigger')];
}

/** What a deploy would break, told of the class or trigger where it is. */
export function checkDeployedApex(apex: Apex, after: Parameters<CheckApex>[0]): ReturnType<CheckApex> {
  const sources = [
    ...after.classes.map((component) => ({
      kind: 'class' as const,
      name: component.fullName,
      text: apexSource(component),
    })),
    ...after.triggers.map((component) => ({
      kind: 'trigger' as const,
      name: component.fullName,
      text: apexSource(component),
    })),
  ];
  return apex
    .check(sources, after.org, (name) => after.has('CustomLabel', name))
    .map(({ kind, name, message, line, column }) => ({
      type: kind === 'class' ? 'ApexClass' : 'ApexTrigger',
      fullName: name,
      message,
      line,
      column,
    }));
}

/** What an `@AuraEnabled` method gives a page; throws `AuraFailure` for an exception of the Apex. */
export function answerPage(
  apex: Apex,
  session: Session,
  className: string,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
): unknown {
  const answer = callAura(apex, session, className, method, parameters);
  if ('problem' in answer) throw new AuraFailure(answer.problem.exceptionType, answer.problem.message);
  return answer.value;
}
