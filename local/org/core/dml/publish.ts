import type { InputRecord } from '../contract/index.ts';
import type { PublishedEvent, Table } from '../storage/index.ts';
import { formatDateTime, toJson } from '../values/index.ts';
import { converterOf } from './convert.ts';
import { notWritable, Problem, requiredMissing } from './problem.ts';
import type { Work } from './work.ts';

/** Publishes a platform event: nothing is stored. Answers its UUID. */
export function publishEvent(table: Table, record: InputRecord, work: Work): string | Problem {
  const writer = work.writerOf(table.definition.name);
  const values = new Map<string, unknown>();
  for (const { field } of table.columns.values()) {
    if (!field.custom || field.defaultValue === undefined || field.defaultValue === null) continue;
    const value = converterOf(field, work.database)(field.defaultValue);
    if (!(value instanceof Problem)) values.set(field.name, toJson(field.type, value));
  }
  for (const [key, given] of Object.entries(record)) {
    const setter = writer.setters.of(key);
    if (setter === 'ignored') continue;
    if (setter === 'id')
      return new Problem('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
    const { field } = setter.column;
    if (!field.createable) return notWritable([field.name]);
    const value = setter.convert(given);
    if (value instanceof Problem) return value;
    if (value === null) values.delete(field.name);
    else values.set(field.name, toJson(field.type, value));
  }
  const missing = [...table.columns.values()].filter(
    ({ field }) => field.required && field.createable && !values.has(field.name),
  );
  if (missing.length > 0) return requiredMissing(missing.map(({ field }) => field.name));
  values.set('CreatedDate', formatDateTime(work.now));
  values.set('CreatedById', work.user.id);
  const event: PublishedEvent = { object: table.definition.name, uuid: work.makeUuid(), values };
  if (table.definition.publishBehavior === 'PublishImmediately') work.publishNow(event);
  else work.transaction.events.push(event);
  return event.uuid;
}
