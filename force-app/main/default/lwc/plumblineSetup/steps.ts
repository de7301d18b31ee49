import { hasArrived, type LastAnswers } from 'c/plumblineLastAnswers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';

export const stepNames = [
  'connect',
  'rights',
  'records',
  'match',
  'fields',
  'rules',
  'rehearse',
  'test',
  'live',
] as const;

export type StepName = (typeof stepNames)[number];

/** What one has seen to since the draft was changed last, beside what the draft tells. */
export interface Progress {
  readonly rightsComplete: boolean;
  readonly rehearsed: boolean;
  readonly tested: boolean;
}

/** What the worker's earlier answers say has been seen to. */
export function progressBy({ rights, plan, test }: LastAnswers): Partial<Progress> {
  return {
    ...(rights && { rightsComplete: rights.body.missing.length === 0 }),
    ...(plan && { rehearsed: true }),
    ...(test && { tested: hasArrived(test.body) }),
  };
}

/** A draft as the assistant begins it: nothing of it runs before it is activated. */
export function beginDraft(connection: { readonly id: string; readonly name: string } | undefined): SyncDraft {
  return {
    name: '',
    connectionId: connection?.id ?? null,
    connectionName: connection?.name ?? '',
    salesforceObject: 'Lead',
    systemObject: 'user',
    direction: 'salesforceToSystem',
    paused: true,
    keySource: 'Email',
    keyTarget: 'email',
    include: 'all',
    precedence: 0,
    createRecords: true,
    updateRecords: true,
    onDelete: 'ignore',
    pollSeconds: 60,
    sweepAt: '02:00',
    mappings: [],
  };
}

/** Where to go on with a draft: the first step whose work the draft does not hold yet. */
export function stepToGoOnWith(draft: SyncDraft): StepName {
  if (!draft.id) return 'connect';
  return draft.mappings.length === 0 ? 'rights' : 'rehearse';
}

/** What a step still lacks, as a sentence; empty when one can go on from it. */
export function lackOf(step: StepName, draft: SyncDraft): string {
  if (step === 'connect') {
    if (!draft.connectionId) return labels.lacksConnection;
    if (!/^[A-Za-z0-9][\w-]{0,59}$/.test(draft.name)) return labels.lacksName;
    if (!draft.systemObject) return labels.lacksSystemObject;
  }
  if (step === 'records' && (draft.include ?? '').trim() === '') return labels.lacksCondition;
  if (step === 'match' && !(draft.keySource && draft.keyTarget)) return labels.lacksKey;
  if (step === 'fields') {
    if (draft.mappings.length === 0) return labels.lacksFields;
    if (draft.mappings.some(({ target }) => target.trim() === '')) return labels.lacksTarget;
  }
  if (step === 'rules' && draft.sweepAt && !/^([01]\d|2[0-3]):[0-5]\d$/.test(draft.sweepAt)) return labels.lacksTime;
  return '';
}

/** What must be seen to before it goes live, as a sentence; empty when nothing is left. */
export function waitsFor(draft: SyncDraft, { rightsComplete, rehearsed, tested }: Progress): string {
  const lack = stepNames.map((step) => lackOf(step, draft)).find((each) => each !== '');
  if (lack !== undefined) return lack;
  if (!rightsComplete) return labels.waitsForRights;
  if (!rehearsed) return labels.waitsForRehearsal;
  return tested ? '' : labels.waitsForTest;
}
