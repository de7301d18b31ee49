import type { Database } from './database.ts';
import { slots, type Entry } from './storage/index.ts';

/**
 * What a sandbox refresh does to the data: all of it stays, under another organization record and so another org ID.
 * Returns the new organization.
 */
export function renewOrganization(database: Database, organization: Entry): Entry {
  const { table, row } = organization;
  const sandbox = table.column('IsSandbox');
  if (row === undefined || sandbox === undefined) throw new Error('the org has no organization record');
  const renewed = database.table(table.definition.name).create();
  const after = [...row];
  after[slots.self] = renewed;
  after[table.slotOf(sandbox)] = true;
  table.replace(organization, undefined);
  table.replace(renewed, after);
  return renewed;
}
