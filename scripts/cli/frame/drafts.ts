import { SettingsError } from '../../engine/index.ts';
import { openOrg } from './ask.ts';
import type { OrgFlagValues } from './command.ts';

/** The record ID of a sync in the org's draft. Throws `SettingsError` when there is none of that name. */
export async function draftNamed(sync: string, flags: OrgFlagValues): Promise<string> {
  await using org = await openOrg(flags);
  const where = `Unique_Name__c = ${org.records.literal(sync)}`;
  const row = await org.records.queryOne<{ readonly Id: string }>(`SELECT Id FROM Plumbline_Sync__c WHERE ${where}`);
  if (row) return row.Id;
  throw new SettingsError(`The org has no draft of a sync "${sync}".`, [
    'See what it has: plumbline sync list',
    'Or bring one in: plumbline config apply <file>',
  ]);
}
