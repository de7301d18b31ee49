import type { Org } from '../../scripts/front-door/main-job.ts';
import { callOrg } from '../../scripts/front-door/main-job.ts';

const recordsACall = 200;
const hourMilliseconds = 60 * 60_000;

interface Saved {
  readonly success: boolean;
  readonly errors: readonly { readonly message: string }[];
}

/** Inserts records by collections, as an org takes them; throws with the org's words for one that it refuses. */
export async function insertAll(org: Org, object: string, records: readonly object[]): Promise<void> {
  for (let from = 0; from < records.length; from += recordsACall) {
    const part = records
      .slice(from, from + recordsACall)
      .map((record) => ({ attributes: { type: object }, ...record }));
    const saved = await callOrg<Saved[]>(org, 'POST', '/composite/sobjects', { allOrNone: true, records: part });
    const refused = saved.find(({ success }) => !success);
    if (refused) throw new Error(`The local org refused a ${object}: ${refused.errors[0]?.message ?? ''}`);
  }
}

/** Runs as a sync leaves them behind, one an hour back from now, each with all six counts. */
export async function addRuns(org: Org, sync: { id: string; name: string }, count: number): Promise<void> {
  const now = Date.now();
  const runs = Array.from({ length: count }, (_, index) => ({
    Run_Id__c: `hour-${index}`,
    Sync__c: sync.id,
    Sync_Name__c: sync.name,
    Kind__c: 'live',
    State__c: 'finished',
    Started_At__c: new Date(now - (index + 2) * hourMilliseconds).toISOString(),
    Finished_At__c: new Date(now - (index + 1) * hourMilliseconds).toISOString(),
    Read__c: 21,
    Created__c: 6,
    Updated__c: 5,
    Unchanged__c: 4,
    Skipped__c: 3,
    Held__c: 2,
    Failed__c: 1,
  }));
  await insertAll(org, 'Plumbline_Run__c', runs);
}

/** Open issues of one reason, one for each of these records. */
export async function addIssues(
  org: Org,
  sync: { id: string; name: string },
  records: readonly string[],
): Promise<void> {
  const seen = new Date().toISOString();
  const issues = records.map((record) => ({
    Issue_Key__c: `${sync.name}/${record}`,
    Sync__c: sync.id,
    Sync_Name__c: sync.name,
    Object__c: 'Lead',
    Record_Id__c: record,
    Status__c: 'Open',
    Outcome__c: 'failed',
    Reason_Code__c: 'rejected-invalid-key',
    Reason__c: 'The other system does not accept the key of this record: not an email address.',
    Next_Step__c: 'Correct the field that identifies the record.',
    First_Seen__c: seen,
    Last_Seen__c: seen,
    Records__c: 1,
  }));
  await insertAll(org, 'Plumbline_Issue__c', issues);
}
