import { createHash } from 'node:crypto';
import avro from 'avsc';
import type { FieldType, Schema } from '../core/index.ts';
import { avroSchema, changeShape, platformEventShape, type EventField, type EventShape } from './avro-schema.ts';
import { fieldBitmaps, fieldPlaces, type FieldPlace } from './bitmap.ts';
import type { BusEvent } from './bus-event.ts';
import { PubSubError } from './errors.ts';
import { objectOfChangeEvent } from './topics.ts';

interface Codec {
  readonly schemaId: string;
  readonly schemaJson: string;
  readonly object: string;
  readonly shape: EventShape;
  readonly type: avro.Type;
  readonly places: ReadonlyMap<string, FieldPlace>;
}

/** Turns events into Avro and back, by the org's schema of the moment; schemas once told stay known. */
export class Codecs {
  readonly #schema: Schema;
  readonly #byId = new Map<string, Codec>();
  #current = new Map<string, Codec>();
  #revision: number;

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#revision = schema.revision;
  }

  /** The schema of an object's events (of its changes, or of the platform event that it is). */
  schemaId(object: string): string {
    return this.#codec(object).schemaId;
  }

  /** The schema's JSON; throws `PubSubError` when there is none of this ID. */
  schemaJson(schemaId: string): string {
    return this.#known(schemaId).schemaJson;
  }

  encode(event: BusEvent): { readonly schemaId: string; readonly payload: Buffer } {
    const { schemaId, type, shape, places } = this.#codec(event.object);
    return { schemaId, payload: type.toBuffer(toRecord(event, shape, places)) };
  }

  /** An event as JSON, as CometD brings it: fields by name, compound ones as objects, only what has a value or was set to null. */
  payload(event: BusEvent): Record<string, unknown> {
    const { values, header } = event;
    const payload: Record<string, unknown> = header === undefined ? {} : { ChangeEventHeader: header };
    for (const field of this.#codec(event.object).shape.fields) {
      if (!('parts' in field)) {
        if (values.has(field.name)) payload[field.name] = values.get(field.name);
        continue;
      }
      const parts = field.parts.filter(({ objectField }) => values.has(objectField));
      if (parts.length > 0)
        payload[field.name] = Object.fromEntries(parts.map((part) => [part.name, values.get(part.objectField)]));
    }
    return payload;
  }

  /** The fields of a platform event that someone publishes, JSON-typed. Throws `PubSubError` for other bytes. */
  decode(schemaId: string, payload: Buffer): { readonly object: string; readonly values: Record<string, unknown> } {
    const { type, shape, object } = this.#known(schemaId);
    let record: Record<string, unknown>;
    try {
      record = type.fromBuffer(payload) as Record<string, unknown>;
    } catch (error) {
      throw new PubSubError(
        'INVALID_ARGUMENT',
        'publish.payload.invalid',
        `The payload does not follow schema ${schemaId}: ${String(error)}`,
      );
    }
    const values: Record<string, unknown> = {};
    for (const field of shape.fields) {
      const value = record[field.name];
      if ('parts' in field || value === null || !field.name.endsWith('__c')) continue;
      values[field.name] = field.type === 'long' ? fromMilliseconds(field.source, value as number) : value;
    }
    return { object, values };
  }

  #known(schemaId: string): Codec {
    const codec = this.#byId.get(schemaId);
    if (codec === undefined)
      throw new PubSubError('NOT_FOUND', 'schema.not.found', `There is no schema of ID ${schemaId}`);
    return codec;
  }

  #codec(object: string): Codec {
    if (this.#schema.revision !== this.#revision) {
      this.#revision = this.#schema.revision;
      this.#current = new Map();
    }
    const known = this.#current.get(object);
    if (known !== undefined) return known;
    const definition = this.#schema.object(objectOfChangeEvent(object));
    if (definition === undefined)
      throw new PubSubError('NOT_FOUND', 'schema.not.found', `There is no object ${object}`);
    const shape = definition.kind === 'event' ? platformEventShape(definition) : changeShape(definition);
    const schemaJson = JSON.stringify(avroSchema(shape));
    const schemaId = createHash('sha256').update(schemaJson).digest('base64url').slice(0, 22);
    const type = avro.Type.forSchema(JSON.parse(schemaJson) as avro.Schema);
    const codec = { schemaId, schemaJson, object: definition.name, shape, type, places: fieldPlaces(shape) };
    this.#current.set(object, codec);
    this.#byId.set(schemaId, codec);
    return codec;
  }
}

function toRecord(
  event: BusEvent,
  shape: EventShape,
  places: ReadonlyMap<string, FieldPlace>,
): Record<string, unknown> {
  // Asked for once: a change works them out anew each time.
  const { values, header } = event;
  const record: Record<string, unknown> = {};
  for (const field of shape.fields) {
    if (!('parts' in field)) record[field.name] = toAvro(field, values.get(field.name));
    else if (field.parts.some(({ objectField }) => (values.get(objectField) ?? null) !== null)) {
      const parts = field.parts.map((part) => [part.name, toAvro(part, values.get(part.objectField))] as const);
      record[field.name] = Object.fromEntries(parts);
    } else record[field.name] = null;
  }
  if (header === undefined) record['EventUuid'] = event.id;
  else {
    record['ChangeEventHeader'] = {
      ...header,
      changedFields: fieldBitmaps(header.changedFields, places),
      nulledFields: fieldBitmaps(header.nulledFields, places),
      diffFields: [],
    };
  }
  return record;
}

function toAvro({ type, source }: EventField, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return type === 'long' && typeof value === 'string' ? toMilliseconds(source, value) : value;
}

/** Dates and times travel as milliseconds: of 1970, or of the day. */
function toMilliseconds(source: FieldType, value: string): number {
  return Date.parse(source === 'time' ? `1970-01-01T${value}` : value);
}

function fromMilliseconds(source: FieldType, value: number): string {
  const text = new Date(value).toISOString();
  if (source === 'date') return text.slice(0, 10);
  return source === 'time' ? text.slice(11) : text;
}
