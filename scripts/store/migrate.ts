import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SettingsError } from '../engine/index.ts';

const folder = join(import.meta.dirname, 'migrations');

interface Migration {
  readonly version: number;
  readonly name: string;
}

function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 4)), name }));
}

/**
 * Brings a store file to the newest schema, in one transaction. `now` (milliseconds since 1970) is
 * noted beside each. Throws `SettingsError` for a file of a newer Plumbline or of another program.
 */
export function migrate(database: DatabaseSync, file: string, now: number): void {
  const known = migrations();
  database.exec('begin immediate');
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
    if (tables.length > 0 && !tables.some((table) => table['name'] === 'schema_version')) {
      throw new SettingsError(`${file} is a database of another program.`, ['Name another file for the store.']);
    }
    database.exec(
      'create table if not exists schema_version (version integer primary key, name text not null, applied_at integer not null) strict',
    );
    const current = Number(database.prepare('select max(version) as version from schema_version').get()?.['version']);
    const newest = known.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new SettingsError(
        `The store ${file} was made by a newer Plumbline: its schema is ${current}, this one knows ${newest}.`,
        ['Update Plumbline, or name another file for the store.'],
      );
    }
    const note = database.prepare('insert into schema_version values (?, ?, ?)');
    for (const { version, name } of known) {
      if (version <= current) continue;
      database.exec(readFileSync(join(folder, name), 'utf8'));
      note.run(version, name, now);
    }
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
