import type { Database } from './database.ts';
import { keepRecord, type Written } from './platform-records.ts';
import { valueOf } from './permission-sets.ts';
import { recordTypeEntry } from './record-types.ts';

/** Record types are records as well: each definition of the schema has one, by which `RecordTypeId` refers to it. */
export function keepRecordTypes(database: Database, written: Written): void {
  for (const entry of database.table('RecordType').entries) {
    const object = String(valueOf(entry, 'SobjectType'));
    if (database.schema.object(object) === undefined) entry.table.replace(entry, undefined);
  }
  for (const object of database.schema.definitions.values()) {
    for (const type of object.recordTypes?.values() ?? []) {
      const values = {
        Name: type.label,
        DeveloperName: type.name,
        SobjectType: object.name,
        Description: type.description ?? null,
        IsActive: type.active,
        IsPersonType: type.isPersonType ?? false,
      };
      const entry = recordTypeEntry(database, object.name, type.name);
      const isSame =
        entry !== undefined && Object.entries(values).every(([name, value]) => valueOf(entry, name) === value);
      if (!isSame) keepRecord(database, 'RecordType', values, written, entry);
    }
  }
}
