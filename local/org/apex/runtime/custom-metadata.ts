import { MapValue, type Key, type Value } from '../values/index.ts';
import { base, mapOf, recordType } from '../types/index.ts';
import { recordsOf } from './records.ts';
import type { Thread } from './thread.ts';

/** All records of a custom metadata type by their names: they count as no query, and every field is there. */
export function customMetadata(thread: Thread, object: string): MapValue {
  const definition = thread.host.org.schema.object(object);
  const fields = [...(definition?.fields.keys() ?? [])];
  const rows = thread.unit
    .prepare(`SELECT ${fields.join(', ')} FROM ${object}`, thread.userId, {
      bind: () => null,
      mode: 'system',
      sharing: false,
    })
    .run();
  const entries = new Map<Key, { readonly key: Value; value: Value }>();
  for (const record of recordsOf(thread, rows)) {
    const key = record.values.get('DeveloperName') ?? null;
    entries.set(typeof key === 'string' ? key : null, { key, value: record });
  }
  return new MapValue(entries, mapOf(base.string, recordType(object)));
}
