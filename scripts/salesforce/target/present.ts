import type { OrgObject } from '../describe.ts';
import type { QueryRow } from '../query.ts';
import type { Outgoing, Values } from './outgoing.ts';

/** Paths of the fields that these records would write, parents' keys included; without fields that SOQL cannot show. */
export function pathsOf(object: OrgObject, records: readonly Outgoing[]): readonly string[] {
  const paths = new Set<string>();
  for (const { values } of records) for (const path of leaves(values)) paths.add(path);
  return [...paths].filter((path) => path.includes('.') || object.fields.has(path.toLowerCase()));
}

function* leaves(values: Values, prefix = ''): Generator<string> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object' && value !== null) yield* leaves(value, `${prefix}${name}.`);
    else yield prefix + name;
  }
}

/** True when a record of the org holds all of these values already: writing them would only cost, and wake automations. */
export function holds(object: OrgObject, row: QueryRow, values: Values): boolean {
  return Object.entries(values).every(([name, value]) => {
    const present = inAnyCase(row, name);
    if (typeof value === 'object' && value !== null) {
      return isRow(present) && holdsAll(present, value);
    }
    return isSame(object.fields.get(name.toLowerCase())?.type, present, value);
  });
}

/** A parent is named by its key: an ID or an external ID, which is a text or a number. */
function holdsAll(row: QueryRow, values: Values): boolean {
  return Object.entries(values).every(([name, value]) => {
    const present = inAnyCase(row, name);
    if (typeof value === 'object' && value !== null) return isRow(present) && holdsAll(present, value);
    return isSame(undefined, present, value);
  });
}

function isSame(type: string | undefined, present: unknown, value: string | number | boolean | null): boolean {
  if (value === null || value === '') return present === null || present === undefined;
  if (typeof value !== 'string') return present === value;
  if (typeof present !== 'string') return false;
  if (type === 'datetime') return instant(present) === instant(value);
  if (type === 'multipicklist') return inOrder(present) === inOrder(value);
  // An org takes blanks off both ends of a text.
  return present === value || (type !== undefined && present === value.trim());
}

/** Whole seconds: an org keeps no smaller part of them in a field. */
function instant(text: string): number {
  return Math.floor(Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) / 1_000);
}

function inOrder(choices: string): string {
  return choices.split(';').toSorted().join(';');
}

/** An org spells a field as it was made, however it was asked for. */
function inAnyCase(row: QueryRow, name: string): unknown {
  if (name in row) return row[name];
  const lower = name.toLowerCase();
  return Object.entries(row).find(([each]) => each.toLowerCase() === lower)?.[1];
}

function isRow(value: unknown): value is QueryRow {
  return typeof value === 'object' && value !== null;
}
