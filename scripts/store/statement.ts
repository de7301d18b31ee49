import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Columns = readonly SQLOutputValue[];
export type Query = (...parameters: SQLInputValue[]) => readonly Columns[];

/**
 * A read, prepared when it is first asked, whose rows come as arrays: half the cost of objects when a thousand are decoded
 * at a time.
 */
export function prepareQuery(database: DatabaseSync, sql: string): Query {
  let statement: StatementSync | undefined;
  return (...parameters) => {
    if (!statement) {
      statement = database.prepare(sql);
      statement.setReturnArrays(true);
    }
    return statement.all(...parameters) as unknown as readonly Columns[];
  };
}

/** Prepares every statement of a part, by its name. */
export function prepareAll<Name extends string>(
  database: DatabaseSync,
  statements: Readonly<Record<Name, string>>,
): Readonly<Record<Name, StatementSync>> {
  const entries = Object.entries<string>(statements).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as Record<Name, StatementSync>;
}

/** Text as SQLite gets it: an absent value is null. */
export function orNull<Value extends string | number>(value: Value | undefined): Value | null {
  return value ?? null;
}

/** The order in which rows are written, so that neighbours land on the same page. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
