import type { ListFilter, ListView } from './list-view.ts';
import { quoted } from '../world.ts';
import { OrgError } from '../../core/index.ts';
import type { FieldDefinition, ObjectDefinition, Schema } from '../../core/index.ts';

const COMPARISONS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

/** Like in SOQL, with the wildcards that an operation puts round its text. */
const PATTERNS: Readonly<Record<string, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  notContain: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
};

const UNQUOTED = new Set(['int', 'double', 'currency', 'percent', 'date', 'datetime', 'time']);

/** The text with its own wildcards taken literally. */
export function pattern(text: string): string {
  return text.replace(/[%_\\]/g, (character) => `\\${character}`);
}

/** The field at the end of a path. */
export function fieldAt(schema: Schema, object: ObjectDefinition, path: string): FieldDefinition | undefined {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return object.fields.get(first);
  const reference = [...object.fields.values()].find(({ relationshipName }) => relationshipName === first);
  const parent = schema.object(reference?.referenceTo[0] ?? '');
  return parent && fieldAt(schema, parent, rest.join('.'));
}

function literal(field: FieldDefinition, value: string): string {
  if (field.type === 'boolean') return value === '1' || value.toLowerCase() === 'true' ? 'true' : 'false';
  if (value === '') return 'null';
  // `LAST_N_DAYS:7` and the like are written as in SOQL.
  return UNQUOTED.has(field.type) ? value : quoted(value);
}

function condition(schema: Schema, object: ObjectDefinition, { path, operation, value }: ListFilter): string {
  const field = fieldAt(schema, object, path);
  if (!field) throw new OrgError(400, 'INVALID_FIELD', `A filter of the list names ${path}, which you cannot read`);
  // Values are a list by comma, each an alternative; a refusal must refuse them all.
  const values = value.split(',').map((each) => each.trim());
  const negative = operation === 'notEqual' || operation === 'notContain';
  const parts = values.map((each) => {
    const like = PATTERNS[operation];
    if (like) {
      const text = `${path} LIKE ${quoted(like(pattern(each)))}`;
      return negative ? `(NOT ${text})` : text;
    }
    const comparison = COMPARISONS[operation];
    if (comparison !== undefined) return `${path} ${comparison} ${literal(field, each)}`;
    throw new OrgError(400, 'INVALID_FILTER', `not yet: list views that filter by ${operation}`);
  });
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(negative ? ' AND ' : ' OR ')})`;
}

/** What a list view filters by as a condition of SOQL; undefined when it filters by nothing. */
export function viewCondition(
  schema: Schema,
  object: ObjectDefinition,
  view: ListView,
  userId: string,
): string | undefined {
  const conditions = view.filters.map((filter) => condition(schema, object, filter));
  const combined =
    view.logic === undefined
      ? conditions.join(' AND ')
      : view.logic.replace(/\d+/g, (number) => conditions[Number(number) - 1] ?? number);
  const parts = [
    ...(combined === '' ? [] : [`(${combined})`]),
    ...(view.mine && object.fields.has('OwnerId') ? [`OwnerId = ${quoted(userId)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}
