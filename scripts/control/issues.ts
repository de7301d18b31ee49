import {
  reasonTexts,
  sentenceOf,
  type IssueChange,
  type ReasonCode,
  type RecordClient,
  type RecordFields,
} from '../engine/index.ts';
import { cutForQuery, dateTime } from './rows.ts';
import { requireWritten } from './writes.ts';

const issueObject = 'Plumbline_Issue__c';
/** Open issues of one sync and reason; one more stands for the rest. */
export const maxOpenIssues = 1_000;

export interface IssueContext {
  readonly syncIds: ReadonlyMap<string, string>;
  /** The object that each sync reads, by its unique name. */
  readonly objects: ReadonlyMap<string, string>;
  /** How many records of a sync the store holds with this reason; asked only beyond `maxOpenIssues`. */
  readonly countRecords: (sync: string, reason: ReasonCode) => Promise<number>;
}

interface IssueRow {
  readonly Id: string;
  readonly Issue_Key__c: string;
  readonly Status__c: string;
  readonly Outcome__c: string;
  readonly Reason_Code__c: string | null;
  readonly Reason__c: string | null;
  readonly Run_Id__c: string | null;
}

interface OpenCount {
  readonly sync: string;
  readonly reason: string;
  readonly everything: number;
  readonly single: number;
}

/**
 * Opens, updates and closes issues. The last change of each record counts; what the org already holds is not written, so
 * the same changes twice change nothing. Costs one query for each hundred or so records, one of counts, and the writes.
 */
export async function reportIssueChanges(
  records: RecordClient,
  changes: readonly IssueChange[],
  context: IssueContext,
): Promise<void> {
  if (changes.length === 0) return;
  const last = new Map(changes.map((change) => [keyOf(change), change]));
  const rows = await readRows(records, [...last.keys()]);
  const open = await countOpen(records, new Set([...last.values()].map((change) => change.sync)));
  const writes: RecordFields[] = [];
  const overflowing = new Set<string>();
  for (const [key, change] of last) {
    const row = rows.get(key);
    if (change.outcome === 'settled') {
      if (row?.Status__c !== 'Open') continue;
      writes.push({ Issue_Key__c: key, Status__c: 'Closed', Last_Seen__c: dateTime(change.at), Run_Id__c: change.run });
      open.add(change.sync, row.Reason_Code__c ?? '', -1);
      continue;
    }
    const reason = change.reason ?? '';
    const staysOpen = row?.Status__c === 'Open';
    if (staysOpen) open.add(change.sync, row.Reason_Code__c ?? '', -1);
    else if (open.single(change.sync, reason) >= maxOpenIssues) {
      overflowing.add(groupOf(change.sync, reason));
      continue;
    }
    open.add(change.sync, reason, 1);
    if (!staysOpen || differs(row, change)) writes.push(issueRecord(key, change, staysOpen, context));
  }
  if (writes.length > 0) requireWritten(await records.upsert(issueObject, 'Issue_Key__c', writes), 'the issues');
  await sumUp(records, open.summaries(overflowing), context, Math.max(...changes.map((change) => change.at)));
}

function keyOf(change: Pick<IssueChange, 'sync' | 'source'>): string {
  return `${change.sync}/${change.source}`;
}

function groupOf(sync: string, reason: string): string {
  return `${sync}/${reason}`;
}

function differs(row: IssueRow, change: IssueChange): boolean {
  return (
    row.Outcome__c !== change.outcome ||
    row.Reason_Code__c !== (change.reason ?? null) ||
    row.Reason__c !== words(change).reason ||
    row.Run_Id__c !== change.run
  );
}

function words(change: Pick<IssueChange, 'reason' | 'detail'>): { readonly reason: string; readonly nextStep: string } {
  if (change.reason === undefined)
    return { reason: 'No reason was given.', nextStep: 'Look at the log of the worker.' };
  return {
    reason: sentenceOf(change.reason, change.detail).slice(0, 1_024),
    nextStep: reasonTexts[change.reason].nextStep.slice(0, 1_024),
  };
}

function issueRecord(key: string, change: IssueChange, staysOpen: boolean, context: IssueContext): RecordFields {
  const { reason, nextStep } = words(change);
  const syncId = context.syncIds.get(change.sync);
  return {
    Issue_Key__c: key,
    ...(syncId === undefined ? {} : { Sync__c: syncId }),
    Sync_Name__c: change.sync,
    Object__c: context.objects.get(change.sync) ?? null,
    Record_Id__c: change.source,
    Outcome__c: change.outcome,
    Reason_Code__c: change.reason ?? null,
    Reason__c: reason,
    Next_Step__c: nextStep,
    Records__c: 1,
    Status__c: 'Open',
    ...(staysOpen ? {} : { First_Seen__c: dateTime(change.at) }),
    Last_Seen__c: dateTime(change.at),
    Run_Id__c: change.run,
  };
}

async function readRows(records: RecordClient, keys: readonly string[]): Promise<ReadonlyMap<string, IssueRow>> {
  const rows = new Map<string, IssueRow>();
  for (const part of cutForQuery(keys)) {
    const query =
      'SELECT Id, Issue_Key__c, Status__c, Outcome__c, Reason_Code__c, Reason__c, Run_Id__c ' +
      `FROM ${issueObject} WHERE Issue_Key__c IN ${records.literal(part)}`;
    for await (const row of records.query<IssueRow>(query)) rows.set(row.Issue_Key__c, row);
  }
  return rows;
}

/** Open issues by sync and reason. An issue without a record ID is the one that sums up the rest. */
class OpenIssues {
  readonly #singles = new Map<string, number>();
  readonly #summed = new Map<string, { readonly sync: string; readonly reason: string }>();

  constructor(counts: readonly OpenCount[]) {
    for (const { sync, reason, everything, single } of counts) {
      this.#singles.set(groupOf(sync, reason), single);
      if (everything > single) this.#summed.set(groupOf(sync, reason), { sync, reason });
    }
  }

  single(sync: string, reason: string): number {
    return this.#singles.get(groupOf(sync, reason)) ?? 0;
  }

  add(sync: string, reason: string, count: number): void {
    this.#singles.set(groupOf(sync, reason), this.single(sync, reason) + count);
  }

  /** Groups that have a summary or need one now, with how many issues of theirs stand alone. */
  summaries(
    overflowing: ReadonlySet<string>,
  ): readonly { readonly sync: string; readonly reason: string; readonly single: number }[] {
    return [...new Set([...this.#summed.keys(), ...overflowing])].map((group) => {
      const cut = group.indexOf('/');
      return { sync: group.slice(0, cut), reason: group.slice(cut + 1), single: this.#singles.get(group) ?? 0 };
    });
  }
}

async function countOpen(records: RecordClient, syncs: ReadonlySet<string>): Promise<OpenIssues> {
  const counts: OpenCount[] = [];
  for (const part of cutForQuery([...syncs])) {
    const query =
      'SELECT Sync_Name__c syncName, Reason_Code__c reasonCode, COUNT(Id) everything, COUNT(Record_Id__c) single ' +
      `FROM ${issueObject} WHERE Status__c = 'Open' AND Sync_Name__c IN ${records.literal(part)} GROUP BY Sync_Name__c, Reason_Code__c`;
    for await (const row of records.query<{
      syncName: string;
      reasonCode: string | null;
      everything: number;
      single: number;
    }>(query)) {
      counts.push({ sync: row.syncName, reason: row.reasonCode ?? '', everything: row.everything, single: row.single });
    }
  }
  return new OpenIssues(counts);
}

/** Writes the issues that stand for the rest, with how many that is; closes them once nothing is left. */
async function sumUp(
  records: RecordClient,
  groups: readonly { readonly sync: string; readonly reason: string; readonly single: number }[],
  context: IssueContext,
  at: number,
): Promise<void> {
  const writes: RecordFields[] = [];
  for (const { sync, reason: code, single } of groups) {
    const reason = Object.keys(reasonTexts).find((each): each is ReasonCode => each === code);
    if (reason === undefined) continue;
    const rest = Math.max(0, (await context.countRecords(sync, reason)) - single);
    const text = reasonTexts[reason];
    const syncId = context.syncIds.get(sync);
    writes.push({
      Issue_Key__c: `${sync}/*/${reason}`,
      ...(syncId === undefined ? {} : { Sync__c: syncId }),
      Sync_Name__c: sync,
      Object__c: context.objects.get(sync) ?? null,
      Outcome__c: text.outcome === 'held' ? 'held' : 'failed',
      Reason_Code__c: reason,
      Reason__c: `${rest.toLocaleString('en')} more records of this sync have the same problem.`,
      Next_Step__c: `${text.nextStep} The worker lists them all: plumbline sync status ${sync} --reason ${reason}.`,
      Records__c: rest,
      Status__c: rest === 0 ? 'Closed' : 'Open',
      Last_Seen__c: dateTime(at),
    });
  }
  if (writes.length > 0)
    requireWritten(await records.upsert(issueObject, 'Issue_Key__c', writes), 'the issues that sum up the rest');
}
