/** What a value of metadata may be, as the schema's `Type` says. */
export const fieldTypes = ['string', 'integer', 'float', 'boolean', 'time', 'date', 'list'] as const;
export type FieldType = (typeof fieldTypes)[number];

export type Kind = 'visitor' | 'account';

export type Value = string | number | boolean | readonly (string | number | boolean)[];

/** Values by field name, in lower case. */
export type Values = Record<string, Value>;

export interface Field {
  readonly type: FieldType;
  readonly displayName: string;
  /** Of a list. */
  readonly elementType?: Exclude<FieldType, 'list'> | undefined;
}

const dateShape = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A value as Pendo keeps it: times as milliseconds since 1970, dates as `yyyy-mm-dd`, everything else as it came.
 * Undefined when it does not fit the field.
 */
export function fit(value: unknown, { type, elementType }: Field): Value | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'time':
      return toMilliseconds(value);
    case 'date':
      return toDate(value);
    case 'list':
      return fitList(value, elementType ?? 'string');
  }
}

function fitList(value: unknown, elementType: Exclude<FieldType, 'list'>): Value | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => fit(item, { type: elementType, displayName: '' }));
  return items.includes(undefined) ? undefined : (items as (string | number | boolean)[]);
}

function toMilliseconds(value: unknown): number | undefined {
  if (Number.isSafeInteger(value)) return value as number;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function toDate(value: unknown): string | undefined {
  if (typeof value === 'string' && dateShape.test(value)) {
    const time = Date.parse(value);
    return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value;
  }
  const time = toMilliseconds(value);
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 10);
}

export function sameValue(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
