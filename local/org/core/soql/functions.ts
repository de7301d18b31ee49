import type { FieldDefinition, FieldType } from '../contract.ts';
import type { Row, Stored } from '../storage/index.ts';
import { classOf, secondsPerDay } from '../values/index.ts';
import type { Expression, FunctionCall } from './ast.ts';
import { resolveField, type Scope } from './scope.ts';

/** A value that a query works with: a field, or a function of one. */
export interface Valued {
  /** Type and name of the value; a function's is made up. */
  readonly field: FieldDefinition;
  /** `Account.Name`, `CALENDAR_YEAR(CreatedDate)`. */
  readonly name: string;
  readonly get: (row: Row) => Stored;
}

export const aggregateNames: ReadonlySet<string> = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** A field, or a function that is not an aggregate. */
export function resolveValue(scope: Scope, expression: Expression): Valued {
  return expression.kind === 'field' ? resolveField(scope, expression) : resolveCall(scope, expression);
}

function resolveCall(scope: Scope, call: FunctionCall): Valued {
  if (aggregateNames.has(call.name))
    throw scope.errors.malformed(`aggregate function ${call.name} is not allowed here`, call.at);
  if (call.argument === undefined) throw scope.errors.unexpected(')', call.at);
  const access = resolveField(scope, call.argument);
  if (call.name === 'TOLABEL')
    return { field: access.field, name: access.name, get: labelled(access.field, access.get) };
  const kind = classOf(access.field.type);
  if (kind !== 'date' && kind !== 'datetime') {
    throw scope.errors.invalidField(
      `field '${access.field.name}' cannot be used with the function ${call.name}`,
      call.at,
    );
  }
  const ofDays = dateFunctions[call.name];
  const name = `${call.name}(${access.name})`;
  if (call.name === 'HOUR_IN_DAY') {
    if (kind === 'date') throw scope.errors.invalidField(`field '${access.field.name}' has no hours`, call.at);
    return {
      field: functionField(name, 'int'),
      name,
      get: onNumber(access.get, (seconds) => Math.floor(seconds / 3600) % 24),
    };
  }
  if (ofDays === undefined) throw scope.errors.notYet(`the function ${call.name}`, call.at);
  const toDays = kind === 'date' ? ofDays : (seconds: number) => ofDays(Math.floor(seconds / secondsPerDay));
  return {
    field: functionField(name, call.name === 'DAY_ONLY' ? 'date' : 'int'),
    name,
    get: onNumber(access.get, toDays),
  };
}

/** A made-up field that stands for the values of a function. */
export function functionField(name: string, type: FieldType): FieldDefinition {
  return {
    name,
    label: name,
    type,
    custom: false,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    createable: false,
    updateable: false,
    nillable: true,
    filterable: true,
    referenceTo: [],
    calculated: true,
  };
}

function labelled(field: FieldDefinition, get: (row: Row) => Stored): (row: Row) => Stored {
  const labels = new Map((field.picklistValues ?? []).map((value) => [value.value, value.label]));
  return (row) => {
    const value = get(row);
    return typeof value === 'string' ? (labels.get(value) ?? value) : value;
  };
}

function onNumber(get: (row: Row) => Stored, work: (value: number) => number): (row: Row) => Stored {
  return (row) => {
    const value = get(row);
    return typeof value === 'number' ? work(value) : null;
  };
}

const dateOf = (days: number) => new Date(days * 86_400_000);
const dayOfYear = (days: number) => days - Date.UTC(dateOf(days).getUTCFullYear(), 0, 1) / 86_400_000 + 1;

const dateFunctions: Readonly<Record<string, (days: number) => number>> = {
  DAY_ONLY: (days) => days,
  CALENDAR_YEAR: (days) => dateOf(days).getUTCFullYear(),
  CALENDAR_QUARTER: (days) => Math.floor(dateOf(days).getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (days) => dateOf(days).getUTCMonth() + 1,
  FISCAL_YEAR: (days) => dateOf(days).getUTCFullYear(),
  FISCAL_QUARTER: (days) => Math.floor(dateOf(days).getUTCMonth() / 3) + 1,
  FISCAL_MONTH: (days) => dateOf(days).getUTCMonth() + 1,
  DAY_IN_MONTH: (days) => dateOf(days).getUTCDate(),
  DAY_IN_WEEK: (days) => dateOf(days).getUTCDay() + 1,
  DAY_IN_YEAR: dayOfYear,
  WEEK_IN_MONTH: (days) => Math.floor((dateOf(days).getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (days) => Math.floor((dayOfYear(days) - 1) / 7) + 1,
};
