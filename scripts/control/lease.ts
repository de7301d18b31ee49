import { LeaseLostError, type ControlPlane, type RecordClient } from '../engine/index.ts';
import { dateTime } from './rows.ts';
import { refusedByRule, requireWritten } from './writes.ts';

const workerObject = 'Plumbline_Worker__c';
const workerKey = 'worker';

interface WorkerRow {
  readonly Id: string;
  readonly Store_Id__c: string | null;
  readonly Lease_Until__c: string | null;
  readonly Last_Beat__c: string | null;
  readonly Backlog__c: number | null;
  readonly Listening__c: boolean;
}

/** Who holds the org, as the org shows it. Times in milliseconds since 1970. */
export interface WorkerPresence {
  readonly storeId: string | undefined;
  readonly leaseUntil: number;
  readonly lastBeat: number | undefined;
  readonly backlog: number;
  readonly listening: boolean;
}

export async function readPresence(records: RecordClient): Promise<WorkerPresence | undefined> {
  const row = await readRow(records);
  if (row === undefined) return undefined;
  return {
    storeId: row.Store_Id__c ?? undefined,
    leaseUntil: timeOf(row.Lease_Until__c),
    lastBeat: row.Last_Beat__c === null ? undefined : timeOf(row.Last_Beat__c),
    backlog: row.Backlog__c ?? 0,
    listening: row.Listening__c,
  };
}

/**
 * Renews or takes the lease: a query and a write. Taking it over is read back, since without the package's validation
 * rule two stores could both see it free. Throws `LeaseLostError` while another store's lease lasts.
 */
export async function renewLease(records: RecordClient, presence: Parameters<ControlPlane['beat']>[0]): Promise<void> {
  const before = await readRow(records);
  refuseOther(before, presence.storeId, presence.now);
  const [result] = await records.upsert(workerObject, 'Worker_Key__c', [
    {
      Worker_Key__c: workerKey,
      Store_Id__c: presence.storeId,
      Lease_Until__c: dateTime(presence.now + presence.leaseMilliseconds),
      Last_Beat__c: dateTime(presence.now),
      Backlog__c: presence.backlog,
      Listening__c: presence.listening,
    },
  ]);
  if (result !== undefined && refusedByRule(result)) {
    throw heldByAnother('another store', 'its lease ends');
  }
  requireWritten(result === undefined ? [] : [result], 'the lease of the worker');
  if (before?.Store_Id__c !== presence.storeId) refuseOther(await readRow(records), presence.storeId, presence.now);
}

/** Gives the lease back, if this store has it. */
export async function giveBackLease(records: RecordClient, storeId: string): Promise<void> {
  const row = await readRow(records);
  if (row?.Store_Id__c !== storeId) return;
  requireWritten(
    await records.update(workerObject, [{ Id: row.Id, Store_Id__c: null, Lease_Until__c: null, Listening__c: false }]),
    'the lease of the worker',
  );
}

function readRow(records: RecordClient): Promise<WorkerRow | undefined> {
  return records.queryOne<WorkerRow>(
    'SELECT Id, Store_Id__c, Lease_Until__c, Last_Beat__c, Backlog__c, Listening__c ' +
      `FROM ${workerObject} WHERE Worker_Key__c = ${records.literal(workerKey)}`,
  );
}

function refuseOther(row: WorkerRow | undefined, storeId: string, now: number): void {
  if (row === undefined || row.Store_Id__c === null || row.Store_Id__c === storeId) return;
  const until = timeOf(row.Lease_Until__c);
  if (until > now) throw heldByAnother(`the worker with store ${row.Store_Id__c}`, dateTime(until));
}

function heldByAnother(holder: string, until: string): LeaseLostError {
  return new LeaseLostError(`This org is held by ${holder}, until ${until}.`, [
    'Stop that worker, or wait until its lease has ended.',
    "Start this worker with the same store file, if it is to take the other one's place.",
  ]);
}

function timeOf(text: string | null): number {
  return text === null ? 0 : Date.parse(text);
}
