import type { Database } from './database.ts';
import { keepRecord, type Written } from './platform-records.ts';
import { valueOf } from './permission-sets.ts';

/** Each lead status is a record too, which says whether leads of it are converted. */
export function keepLeadStatuses(database: Database, written: Written): void {
  const statuses = database.definition('Lead').fields.get('Status')?.picklistValues ?? [];
  const table = database.table('LeadStatus');
  const present = new Map(table.entries.map((entry) => [valueOf(entry, 'ApiName'), entry]));
  for (const [index, { value, label, defaultValue, means }] of statuses.entries()) {
    const values = {
      MasterLabel: label,
      ApiName: value,
      SortOrder: index + 1,
      IsDefault: defaultValue,
      IsConverted: means?.converted ?? false,
    };
    const entry = present.get(value);
    present.delete(value);
    const isSame = entry !== undefined && Object.entries(values).every(([name, each]) => valueOf(entry, name) === each);
    if (!isSame) keepRecord(database, 'LeadStatus', values, written, entry);
  }
  for (const entry of present.values()) table.replace(entry, undefined);
}
