import { displayValue } from './display.ts';
import { recordTypeInfos } from './record-types.ts';
import type { RecordTypeInfo } from './record-types.ts';
import { nameFieldOf, objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import type { ObjectDefinition, QueryRow, QueryValue, Session } from '../core/index.ts';

/** Fields that every record tells beside its `fields`, as far as its object has them. */
export const RECORD_STAMPS = ['LastModifiedById', 'LastModifiedDate', 'SystemModstamp', 'RecordTypeId'];

/** One field of a record: `value` is a record again where the field is a parent. */
export interface FieldValueJson {
  readonly displayValue: string | null;
  readonly value: unknown;
}

export interface RecordJson {
  readonly apiName: string;
  readonly childRelationships: Readonly<Record<string, never>>;
  readonly fields: Readonly<Record<string, FieldValueJson>>;
  readonly id: string | undefined;
  readonly lastModifiedById: QueryValue;
  readonly lastModifiedDate: QueryValue;
  readonly recordTypeId: QueryValue;
  readonly recordTypeInfo: RecordTypeInfo | null;
  readonly systemModstamp: QueryValue;
}

/** Reads a row of a query as the UI API tells records; entity tags are left out, nothing here compares them. */
export function recordJson(
  world: UiApiWorld,
  session: Session,
  row: QueryRow,
  asked: (field: string) => boolean = () => true,
): RecordJson {
  const object = objectFor(world, session, row.type);
  const stamp = (name: string): QueryValue => row.values.get(name) ?? null;
  const type = stamp('RecordTypeId');
  return {
    apiName: object.name,
    childRelationships: {},
    fields: Object.fromEntries(
      [...row.values]
        .filter(([name]) => asked(name))
        .map(([name, value]) => [name, fieldJson(world, session, object, name, value)]),
    ),
    id: row.id,
    lastModifiedById: stamp('LastModifiedById'),
    lastModifiedDate: stamp('LastModifiedDate'),
    recordTypeId: type,
    recordTypeInfo: typeof type === 'string' ? (recordTypeInfos(world, session, object).get(type) ?? null) : null,
    systemModstamp: stamp('SystemModstamp'),
  };
}

function isRow(value: QueryValue): value is QueryRow {
  return typeof value === 'object' && value !== null && 'values' in value;
}

function fieldJson(
  world: UiApiWorld,
  session: Session,
  object: ObjectDefinition,
  name: string,
  value: QueryValue,
): FieldValueJson {
  if (isRow(value) && value.type === 'Address') return { displayValue: null, value: null };
  if (isRow(value)) {
    const parent = objectFor(world, session, value.type);
    const nameField = nameFieldOf(world, session, parent);
    const shown = nameField === undefined ? undefined : value.values.get(nameField);
    return {
      displayValue: typeof shown === 'string' ? shown : null,
      value: recordJson(world, session, value),
    };
  }
  const field = object.fields.get(name);
  return { displayValue: field ? displayValue(field, value) : null, value };
}
