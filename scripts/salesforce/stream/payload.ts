import avro from 'avsc';
import { z } from 'zod';

import { RetryError } from '../../engine/index.ts';
import { doorbellField, type ReplayId, type TopicEvent } from './topic.ts';

const field = z.looseObject({ name: z.string(), type: z.unknown() });
const record = z.looseObject({ type: z.literal('record'), name: z.string(), fields: z.array(field) });
const headerFields = ['changeType', 'recordIds', 'commitTimestamp', 'changeOrigin'];

const change = z.object({
  ChangeEventHeader: z.object({
    changeType: z.string(),
    recordIds: z.array(z.string()),
    commitTimestamp: z.number(),
    changeOrigin: z.string().optional(),
  }),
});
const doorbell = z.object({ [doorbellField]: z.string().nullable() });

/** Reads the payloads that one schema describes. */
export type ReadPayload = (payload: Buffer, replayId: ReplayId) => TopicEvent;

/**
 * Compiles a schema of the org into a reader that takes a change's header, or a doorbell's command, and passes over
 * everything else: field values are not even decoded. An event that does not follow it is `unreadable`. Throws `RetryError` for a schema that is neither.
 */
export function compilePayload(schemaJson: string): ReadPayload {
  const written = record.parse(JSON.parse(schemaJson));
  const wanted = written.fields.find(({ name }) => name === 'ChangeEventHeader' || name === doorbellField);
  if (wanted === undefined) throw new RetryError(`An event of ${written.name} is neither a change nor a doorbell.`, []);
  const isChange = wanted.name === 'ChangeEventHeader';
  const writer = avro.Type.forSchema(JSON.parse(schemaJson) as avro.Schema);
  const part = { ...wanted, type: isChange ? narrowed(wanted.type) : wanted.type };
  const reader = avro.Type.forSchema({ ...written, fields: [part] } as avro.Schema);
  const resolver = reader.createResolver(writer);
  return (payload, replayId) => {
    const value = read(reader, payload, resolver);
    if (isChange) {
      const { success, data } = change.safeParse(value);
      return success ? { kind: 'change', replayId, ...data.ChangeEventHeader } : { kind: 'unreadable', replayId };
    }
    const commandId = doorbell.safeParse(value).data?.[doorbellField] ?? undefined;
    return commandId === undefined ? { kind: 'unreadable', replayId } : { kind: 'doorbell', replayId, commandId };
  };
}

/** Undefined for bytes that do not follow the schema. */
function read(reader: avro.Type, payload: Buffer, resolver: unknown): unknown {
  try {
    // The last argument: what follows the wanted fields need not be read.
    return reader.fromBuffer(payload, resolver as Parameters<avro.Type['fromBuffer']>[1], true);
  } catch {
    // Whatever avsc says of the bytes, the answer is the same: it is told as unreadable, and the records are polled.
    return undefined;
  }
}

/** The header with the fields that are used alone. */
function narrowed(type: unknown): unknown {
  const header = record.parse(type);
  return { ...header, fields: header.fields.filter(({ name }) => headerFields.includes(name)) };
}
