import type { FieldDefinition } from '../contract/index.ts';
import type { Row, Stored } from '../storage/index.ts';
import { classOf, secondsPerDay } from '../values/index.ts';
import type { Expression, FunctionCall } from './ast.ts';
import { convertedCurrency } from './currency.ts';
import { dateFunctions } from './date-functions.ts';
import { functionField } from './function-field.ts';
import { along, resolveField, type Access, type Scope } from './scope.ts';

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
  if (call.name === 'TOLABEL') {
    const access = fieldArgument(scope, call);
    return { field: access.field, name: access.name, get: labelled(access.field, access.get) };
  }
  if (call.name === 'CONVERTCURRENCY') {
    const access = fieldArgument(scope, call);
    const get = along(access.steps, convertedCurrency(scope, access, call.at));
    return { field: access.field, name: `convertCurrency(${access.name})`, get };
  }
  const work = dateFunctions[call.name];
  if (work === undefined) throw scope.errors.malformed(`the function ${call.name} is not allowed here`, call.at);
  return dateCall(scope, call, work);
}

/** A function of a date or a datetime; `convertTimezone` turns a datetime into what the user's clock shows. */
function dateCall(scope: Scope, call: FunctionCall, work: (days: number) => number): Valued {
  const inner = call.argument?.kind === 'call' ? call.argument : undefined;
  if (inner !== undefined && inner.name !== 'CONVERTTIMEZONE') {
    throw scope.errors.malformed(`the function ${inner.name} is not allowed inside ${call.name}`, inner.at);
  }
  const { field, name: fieldName, get } = fieldArgument(scope, inner ?? call);
  const kind = classOf(field.type);
  if ((kind !== 'date' && kind !== 'datetime') || (inner !== undefined && kind === 'date')) {
    const used = inner === undefined ? call.name : 'convertTimezone';
    throw scope.errors.invalidField(`field '${field.name}' cannot be used with the function ${used}`, call.at);
  }
  const { zone } = scope;
  const local = inner === undefined ? (seconds: number) => seconds : (seconds: number) => zone.toLocal(seconds);
  const name = `${call.name}(${inner === undefined ? fieldName : `convertTimezone(${fieldName})`})`;
  if (call.name === 'HOUR_IN_DAY') {
    if (kind === 'date') throw scope.errors.invalidField(`field '${field.name}' has no hours`, call.at);
    const hourOf = (seconds: number) => work(Math.floor(local(seconds) / 3600));
    return { field: functionField(name, 'int'), name, get: onNumber(get, hourOf) };
  }
  const toDays = kind === 'date' ? work : (seconds: number) => work(Math.floor(local(seconds) / secondsPerDay));
  return { field: functionField(name, call.name === 'DAY_ONLY' ? 'date' : 'int'), name, get: onNumber(get, toDays) };
}

/** The field that a function is of. Throws MALFORMED_QUERY when it is none. */
export function fieldArgument(scope: Scope, call: FunctionCall): Access {
  if (call.argument === undefined) throw scope.errors.unexpected(')', call.at);
  if (call.argument.kind === 'field') return resolveField(scope, call.argument);
  const { name, at } = call.argument;
  throw scope.errors.malformed(`the function ${name} is not allowed inside ${call.name}`, at);
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
