import { SettingsError, type ActiveVersion, type RecordClient } from '../../engine/index.ts';
import { dateTime, collect } from '../rows.ts';
import { requireWritten } from '../writes.ts';
import { draftOf, readDraftRows } from './records.ts';
import type { Draft } from './schema.ts';
import { freeze, thaw } from './version.ts';

const versionObject = 'Plumbline_Version__c';
const newestFirst = "WHERE Status__c = 'Active' ORDER BY Activated_At__c DESC, CreatedDate DESC, Id DESC LIMIT 1";

interface VersionRow {
  readonly Id: string;
  readonly Name: string;
  readonly Hash__c: string;
  readonly Content__c: string | null;
  readonly Content_2__c: string | null;
  readonly Content_3__c: string | null;
}

/** Reads the ID of the version that runs; absent when none was activated. */
export async function readActiveId(records: RecordClient): Promise<string | undefined> {
  return (await records.queryOne<{ readonly Id: string }>(`SELECT Id FROM ${versionObject} ${newestFirst}`))?.Id;
}

/** Reads the version that runs and checks its hash and its org. Throws `SettingsError` when either does not fit. */
export async function readActiveVersion(records: RecordClient): Promise<ActiveVersion | undefined> {
  const row = await records.queryOne<VersionRow>(
    `SELECT Id, Name, Hash__c, Content__c, Content_2__c, Content_3__c FROM ${versionObject} ${newestFirst}`,
  );
  if (row === undefined) return undefined;
  const { orgId } = await records.identity();
  const parts = [row.Content__c, row.Content_2__c, row.Content_3__c].filter(
    (part) => part !== null && part !== undefined,
  );
  return { id: row.Id, hash: row.Hash__c, configuration: thaw({ name: row.Name, hash: row.Hash__c, parts }, orgId) };
}

export interface Activation {
  readonly versionId: string;
  readonly hash: string;
  /** False when the same configuration was active already: nothing was written. */
  readonly changed: boolean;
}

/**
 * Freezes the org's draft as the version that runs from now on. `check` refuses, by throwing, what must not go live.
 * Throws `SettingsError` when the draft is unfinished, or when the org is not the one that was expected.
 */
export async function activateDraft(
  records: RecordClient,
  activation: {
    readonly now: number;
    /** A UUID: an activation that is sent twice makes one version. */
    readonly id: string;
    readonly expectedOrgId?: string;
    readonly check?: (draft: Draft) => void;
  },
): Promise<Activation> {
  const { orgId, userId } = await records.identity();
  if (activation.expectedOrgId !== undefined && activation.expectedOrgId !== orgId) {
    throw new SettingsError(
      `This is org ${orgId}, and org ${activation.expectedOrgId} was expected: nothing was activated.`,
      ['Name the right org with --target-org, or connect this org.'],
    );
  }
  const draft = draftOf(await readDraftRows(records));
  activation.check?.(draft);
  const frozen = freeze(draft, orgId);
  const active = await readActive(records);
  const newest = active[0];
  if (newest?.Hash__c === frozen.hash) return { versionId: newest.Id, hash: frozen.hash, changed: false };

  const [content, content2, content3] = frozen.parts;
  const [versionId] = requireWritten(
    await records.upsert(versionObject, 'Version_Id__c', [
      {
        Version_Id__c: activation.id,
        Status__c: 'Active',
        Hash__c: frozen.hash,
        Org_Id__c: orgId,
        Activated_At__c: dateTime(activation.now),
        Activated_By__c: userId,
        Content__c: content,
        Content_2__c: content2 ?? null,
        Content_3__c: content3 ?? null,
      },
    ]),
    'the activated version',
  );
  // The newest runs: if this stops between the two writes, the older one is only marked later.
  const superseded = active
    .filter((row) => row.Id !== versionId)
    .map((row) => ({ Id: row.Id, Status__c: 'Superseded' }));
  if (superseded.length > 0) requireWritten(await records.update(versionObject, superseded), 'the versions before it');
  return { versionId: versionId ?? '', hash: frozen.hash, changed: true };
}

function readActive(records: RecordClient): Promise<readonly { readonly Id: string; readonly Hash__c: string }[]> {
  return collect(
    records.query<{ readonly Id: string; readonly Hash__c: string }>(
      `SELECT Id, Hash__c FROM ${versionObject} WHERE Status__c = 'Active' ORDER BY Activated_At__c DESC, CreatedDate DESC, Id DESC`,
    ),
  );
}
