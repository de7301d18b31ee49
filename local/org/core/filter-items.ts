import type { FilterItem } from './contract/index.ts';
import type { Database } from './database.ts';
import { Entry, type Column, type Row, type Stored, type Table } from './storage/index.ts';
import { converterOf } from './dml/convert.ts';
import { Problem } from './dml/problem.ts';

/** Compiles filter items to one test: all of them hold. Throws when a value does not fit its field. */
export function compileFilter(table: Table, items: readonly FilterItem[], database: Database): (row: Row) => boolean {
  const tests = items.map((item) => compileItem(table, item, database));
  return (row) => tests.every((test) => test(row));
}

function compileItem(table: Table, item: FilterItem, database: Database): (row: Row) => boolean {
  const column = table.column(item.field);
  if (column === undefined) throw new Error(`${table.definition.name} has no ${item.field}`);
  const { operation } = item;
  const parts = (value: Stored): readonly string[] => (typeof value === 'string' ? value.toLowerCase().split(';') : []);
  const words = item.values.map((value) => value.toLowerCase());
  switch (operation) {
    case 'includes':
      return (row) => parts(valueIn(row, column)).some((part) => words.includes(part));
    case 'excludes':
      return (row) => !parts(valueIn(row, column)).some((part) => words.includes(part));
    case 'contains':
      return (row) => words.some((word) => textIn(row, column).includes(word));
    case 'notContain':
      return (row) => !words.some((word) => textIn(row, column).includes(word));
    case 'startsWith':
      return (row) => words.some((word) => textIn(row, column).startsWith(word));
    default:
  }
  const wanted = (item.values.length === 0 ? [''] : item.values).map((value) => stored(column, value, database));
  const test = comparisons[operation];
  return (row) => {
    const value = comparable(valueIn(row, column));
    const holds = wanted.some((each) => test(value, each));
    return operation === 'notEqual' ? !wanted.some((each) => value === each) : holds;
  };
}

type Comparable = string | number | boolean | null;

type Compared = 'equals' | 'notEqual' | 'lessThan' | 'greaterThan' | 'lessOrEqual' | 'greaterOrEqual';

const comparisons: Readonly<Record<Compared, (one: Comparable, other: Comparable) => boolean>> = {
  equals: (one, other) => one === other,
  notEqual: (one, other) => one !== other,
  lessThan: (one, other) => one !== null && other !== null && one < other,
  greaterThan: (one, other) => one !== null && other !== null && one > other,
  lessOrEqual: (one, other) => one !== null && other !== null && one <= other,
  greaterOrEqual: (one, other) => one !== null && other !== null && one >= other,
};

function stored(column: Column, value: string, database: Database): Comparable {
  const converted = converterOf({ ...column.field, restricted: false }, database)(value);
  if (converted instanceof Problem) throw new Error(`${column.field.name}: ${converted.message}`);
  return comparable(converted);
}

function comparable(value: Stored): Comparable {
  if (value instanceof Entry) return value.id;
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}

function textIn(row: Row, column: Column): string {
  const value = valueIn(row, column);
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function valueIn(row: Row, column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
