import type { AccessLevelContext, ExpressionContext, StatementContext } from '@apexdevtools/apex-parser';
import { performDml, type DmlCall } from '../runtime/dml.ts';
import { throwApex } from '../runtime/throw.ts';
import { failAt, present, unsupportedAt } from '../syntax/index.ts';
import { isList, isRecord } from '../types/index.ts';
import { ListValue, RecordValue } from '../values/index.ts';
import { fieldOf, type Run, type Scope } from './scope.ts';

interface Statement {
  expression(): ExpressionContext;
  accessLevel(): AccessLevelContext;
}

/** Compiles `insert`, `update`, `upsert`, `delete` and `undelete`. */
export function compileDml(scope: Scope, context: StatementContext): Run | undefined {
  if (present(context.mergeStatement()) !== undefined) return unsupportedAt(context, 'merge statement');
  const all: readonly (readonly [DmlCall['operation'], Statement | undefined])[] = [
    ['insert', present(context.insertStatement())],
    ['update', present(context.updateStatement())],
    ['upsert', present(context.upsertStatement())],
    ['delete', present(context.deleteStatement())],
    ['undelete', present(context.undeleteStatement())],
  ];
  for (const [operation, statement] of all) {
    if (statement !== undefined) return compileOne(scope, context, operation, statement);
  }
  return undefined;
}

function compileOne(
  scope: Scope,
  context: StatementContext,
  operation: DmlCall['operation'],
  statement: Statement,
): Run {
  const { type, evaluate } = scope.expression(statement.expression());
  const item = isList(type) ? type.args[0] : type;
  if (item === undefined || !isRecord(item)) {
    return failAt(context, `DML requires SObject or SObject list type: ${type.name}`);
  }
  const level = present(statement.accessLevel());
  const mode = level === undefined ? undefined : present(level.USER()) === undefined ? 'system' : 'user';
  const key = operation === 'upsert' ? present(context.upsertStatement()?.qualifiedName()) : undefined;
  const name = key?.getText().split('.').at(-1);
  const definition = item.object === undefined ? undefined : scope.program.world.object(item.object);
  const field = name === undefined || definition === undefined ? undefined : fieldOf(definition, name);
  if (name !== undefined && field === undefined) failAt(context, `Invalid field ${name} for SObject ${item.name}`);
  return (frame) => {
    const given = evaluate(frame);
    if (given === null) throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
    const items = given instanceof ListValue ? given.items : [given];
    const records = items.filter((each) => each instanceof RecordValue);
    if (records.length < items.length) {
      throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
    }
    if (records.length === 0) return undefined;
    performDml(frame.thread, {
      operation,
      records,
      allOrNone: true,
      mode,
      ...(field === undefined ? {} : { externalIdField: field.name }),
    });
    return undefined;
  };
}
