import { RecordValue, type Value } from '../values/index.ts';
import { recordsOf } from './records.ts';
import type { Thread } from './thread.ts';

/** The settings that are the org's, a profile's or a user's own, by that ID: they count as no query. */
export function customSetting(thread: Thread, object: string, owner: Value): RecordValue | undefined {
  const definition = thread.host.org.schema.object(object);
  const fields = [...(definition?.fields.keys() ?? [])];
  const rows = thread.unit
    .prepare(`SELECT ${fields.join(', ')} FROM ${object} WHERE SetupOwnerId = :owner`, thread.userId, {
      bind: () => (typeof owner === 'string' ? owner : null),
      mode: 'system',
      sharing: false,
    })
    .run();
  return recordsOf(thread, rows)[0];
}

/** What counts for a user or a profile: each value from the most particular settings that have one. */
export function mergedCustomSetting(thread: Thread, object: string, owner: Value): RecordValue {
  const { schema, id } = thread.host.org;
  const levels: Value[] = [owner];
  const isUser = typeof owner === 'string' && schema.objectOfId(owner)?.name === 'User';
  if (isUser) levels.push(profileOf(thread, owner));
  levels.push(id);
  const found = levels.map((level) => customSetting(thread, object, level));
  const own = found[0];
  const merged = own ? new RecordValue(object) : blankSetting(object, owner);
  for (const record of found.toReversed()) {
    for (const [name, value] of record?.values ?? []) {
      if (value === null) continue;
      if (record === own) merged.values.set(name, value);
      // What a new record of the user's own would begin with.
      else if (schema.object(object)?.fields.get(name)?.custom === true) merged.put(name, value);
    }
  }
  return merged;
}

/** Settings that are not there yet, to be filled and saved. */
export function blankSetting(object: string, owner: Value): RecordValue {
  const blank = new RecordValue(object);
  blank.put('SetupOwnerId', owner);
  return blank;
}

function profileOf(thread: Thread, user: string): Value {
  const { rows } = thread.unit
    .prepare('SELECT ProfileId FROM User WHERE Id = :user', thread.userId, {
      bind: () => user,
      mode: 'system',
      sharing: false,
    })
    .run();
  const profile = rows[0]?.values.get('ProfileId');
  return typeof profile === 'string' ? profile : null;
}
