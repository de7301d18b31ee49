import { plainRow, type Row } from './rows.ts';
import { Unreadable } from './tokens.ts';
import { isObject } from '../json.ts';

type Step = (before: unknown, value: unknown) => unknown;

const steps: Readonly<Record<string, Step>> = {
  count: (before, value) => numberOf(before) + (value === undefined || value === null ? 0 : 1),
  sum: (before, value) => numberOf(before) + numberOf(value),
  min: (before, value) => (before === undefined || numberOf(value) < numberOf(before) ? value : before),
  max: (before, value) => (before === undefined || numberOf(value) > numberOf(before) ? value : before),
};

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

interface Field {
  readonly name: string;
  readonly step: Step;
  /** Undefined counts rows. */
  readonly path: string | undefined;
}

/** `{"group": [paths], "fields": {name: {"count"|"sum"|"min"|"max": path or null}}}`: a row for each of the keys' values. */
export function* grouped(rows: Iterable<Row>, stage: unknown): Generator<Row> {
  const { keys, fields } = readStage(stage);
  const groups = new Map<string, Record<string, unknown>>();
  for (const row of rows) {
    const values = keys.map((key) => row.read(key) ?? null);
    const key = JSON.stringify(values);
    let made = groups.get(key);
    if (made === undefined)
      groups.set(key, (made = Object.fromEntries(keys.map((name, index) => [name, values[index]]))));
    for (const { name, step, path } of fields)
      made[name] = step(made[name], path === undefined ? true : row.read(path));
  }
  for (const fields of groups.values()) yield plainRow(fields);
}

function readStage(stage: unknown): { readonly keys: readonly string[]; readonly fields: readonly Field[] } {
  const { group, fields, ...others } = isObject(stage) ? stage : {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Unreadable(`unsupported part "${unknown}" of group`);
  if (!Array.isArray(group) || !group.every((key) => typeof key === 'string'))
    throw new Unreadable('group must name its keys in a list');
  const told: unknown[] = Array.isArray(fields) ? fields : [fields ?? {}];
  return { keys: group, fields: told.flatMap((each) => Object.entries(isObject(each) ? each : {}).map(readField)) };
}

function readField([name, what]: [string, unknown]): Field {
  const [[how, path] = ['', null], ...others] = Object.entries(isObject(what) ? what : {});
  const step = steps[how];
  if (step === undefined || others.length > 0) throw new Unreadable(`unsupported aggregate of "${name}"`);
  if (path !== null && typeof path !== 'string')
    throw new Unreadable(`the aggregate of "${name}" must name a field or null`);
  return { name, step, path: path ?? undefined };
}
