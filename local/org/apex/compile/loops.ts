import type { StatementContext } from '@apexdevtools/apex-parser';
import { callMethod } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, type Placed } from '../syntax/index.ts';
import { isList, isSet, known, type Type } from '../types/index.ts';
import { ListValue, SetValue, type Value } from '../values/index.ts';
import { compileBlock, nothing } from './blocks.ts';
import { condition, convertTo } from './convert.ts';
import type { Run, Scope } from './scope.ts';
import { compileDeclaration } from './variables.ts';

/** Compiles a loop of any kind; undefined for another statement. */
export function compileLoop(scope: Scope, context: StatementContext): Run | undefined {
  const whole = present(context.whileStatement());
  if (whole !== undefined) {
    const test = condition(scope.expression(whole.parExpression().expression()), whole.parExpression());
    const body = loopBody(scope, present(whole.statement()));
    return looped(test, body, undefined);
  }
  const until = present(context.doWhileStatement());
  if (until !== undefined) {
    const body = compileBlock(scope.inner(true), until.block());
    const test = condition(scope.expression(until.parExpression().expression()), until.parExpression());
    return (frame) => {
      let first = true;
      return looped((each) => (first ? !(first = false) : test(each)), body, undefined)(frame);
    };
  }
  const counting = present(context.forStatement());
  if (counting === undefined) return undefined;
  const each = present(counting.forControl().enhancedForControl());
  const inner = scope.inner(true);
  if (each !== undefined) {
    const source = scope.expression(each.expression());
    const type = scope.type(each.typeRef());
    const { slot } = inner.declare(each, each.id().getText(), type);
    const body = loopBody(inner, present(counting.statement()));
    return forEach(source.type, source.evaluate, type, slot, body, each, source.isQuery === true);
  }
  const control = counting.forControl();
  const start = present(control.forInit());
  const declared = present(start?.localVariableDeclaration());
  const begins = (present(start?.expressionList())?.expression_list() ?? []).map((expr) => inner.expression(expr));
  const begin: Run =
    declared === undefined
      ? (frame) => begins.forEach((expr) => expr.evaluate(frame)) as undefined
      : compileDeclaration(inner, declared);
  const asked = present(control.expression());
  const test = asked === undefined ? () => true : condition(inner.expression(asked), asked);
  const updates = (present(control.forUpdate())?.expressionList().expression_list() ?? []).map((expr) =>
    inner.expression(expr),
  );
  const body = loopBody(inner, present(counting.statement()));
  const loop = looped(test, body, (frame) => updates.forEach((expr) => expr.evaluate(frame)));
  return (frame) => {
    begin(frame);
    return loop(frame);
  };
}

function loopBody(scope: Scope, statement: StatementContext | undefined): Run {
  return statement === undefined ? nothing : scope.inner(true).statement(statement);
}

function looped(test: (frame: Frame) => boolean, body: Run, update: ((frame: Frame) => void) | undefined): Run {
  return (frame) => {
    while (test(frame)) {
      const completion = body(frame);
      if (completion === 'break') return undefined;
      if (completion === 'return') return completion;
      update?.(frame);
      frame.thread.step(frame, frame.line);
    }
    return undefined;
  };
}

/** Most records that a SOQL loop over lists gets at a time. */
const BATCH = 200;

function forEach(
  from: Type,
  source: (frame: Frame) => Value,
  type: Type,
  slot: number,
  body: Run,
  at: Placed,
  isQuery: boolean,
): Run {
  const item = from.args[0];
  const inBatches = isQuery && isList(type);
  const iterates = isList(from) || isSet(from) || from.info.is(known('Iterable'));
  if (!iterates || (!inBatches && item === undefined && !from.info.is(known('Iterable')))) {
    failAt(at, `Loop must iterate over a collection type: ${from.name}`);
  }
  if (!inBatches && item !== undefined) convertTo({ type: item, evaluate: () => null }, type, at);
  return (frame) => {
    const collection = source(frame);
    for (const each of itemsOf(frame, collection, inBatches ? type : undefined)) {
      frame.locals[slot] = each;
      const completion = body(frame);
      if (completion === 'break') return undefined;
      if (completion === 'return') return completion;
      frame.thread.step(frame, frame.line);
    }
    return undefined;
  };
}

function* itemsOf(frame: Frame, collection: Value, batch: Type | undefined): Iterable<Value> {
  if (collection === null) throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  if (collection instanceof ListValue && batch !== undefined) {
    for (let from = 0; from < collection.items.length; from += BATCH) {
      yield new ListValue(collection.items.slice(from, from + BATCH), batch);
    }
    return;
  }
  if (collection instanceof ListValue || collection instanceof SetValue) {
    const size = sizeOf(collection);
    for (const item of [...(collection instanceof ListValue ? collection.items : collection.items.values())]) {
      if (sizeOf(collection) !== size) {
        throwApex(frame.thread, 'FinalException', 'Cannot modify a collection while it is being iterated.');
      }
      yield item;
    }
    return;
  }
  const iterator = callMethod(frame.thread, collection, 'iterator', []);
  while (callMethod(frame.thread, iterator, 'hasNext', []) === true)
    yield callMethod(frame.thread, iterator, 'next', []);
}

const sizeOf = (collection: ListValue | SetValue): number =>
  collection instanceof ListValue ? collection.items.length : collection.items.size;
