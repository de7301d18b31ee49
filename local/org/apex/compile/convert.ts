import { withSuffix } from '../../core/index.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Frame, Thread } from '../runtime/thread.ts';
import { failAt, type Placed } from '../syntax/index.ts';
import { base, conversion, distance, isList, isRecord, type Type } from '../types/index.ts';
import { ListValue, type Value } from '../values/index.ts';
import type { Expr } from './scope.ts';

/** An expression as a value of another type: for assignments, arguments and results. Throws `CompileError`. */
export function convertTo(expr: Expr, to: Type, at: Placed): (frame: Frame) => Value {
  const { type, evaluate } = expr;
  if (expr.isQuery === true && isRecord(to)) return oneRecord(expr);
  if (distance(type, to) === undefined) failAt(at, `Illegal assignment from ${type.name} to ${to.name}`);
  return converted(evaluate, type, to);
}

/** As `convertTo`, once it is known to fit. */
export function converted(evaluate: (frame: Frame) => Value, from: Type, to: Type): (frame: Frame) => Value {
  if (to === base.id && from === base.string) return (frame) => toId(frame.thread, evaluate(frame));
  const change = conversion(from, to);
  return change === undefined ? evaluate : (frame) => change(evaluate(frame));
}

/** Text as an ID of 18 characters; throws StringException for what is none. */
export function toId(thread: Thread, value: Value): Value {
  if (value === null || typeof value !== 'string') return null;
  const text = value.trim();
  if (/^[0-9A-Za-z]{15}$/.test(text)) return withSuffix(text);
  if (/^[0-9A-Za-z]{18}$/.test(text) && withSuffix(text.slice(0, 15)) === text) return text;
  return throwApex(thread, 'StringException', `Invalid id: ${value}`);
}

/** The only record of a query; none, or several, are a QueryException. */
export function oneRecord({ evaluate, type }: Expr): (frame: Frame) => Value {
  if (!isList(type)) return evaluate;
  return (frame) => {
    const found = evaluate(frame);
    const items = found instanceof ListValue ? found.items : [];
    if (items.length === 0) throwApex(frame.thread, 'QueryException', 'List has no rows for assignment to SObject');
    if (items.length > 1) {
      throwApex(frame.thread, 'QueryException', 'List has more than 1 row for assignment to SObject');
    }
    return items[0] ?? null;
  };
}

/** An expression whose value must be true or false. */
export function condition(expr: Expr, at: Placed): (frame: Frame) => boolean {
  if (expr.type !== base.boolean) failAt(at, `Condition expression must be of type Boolean: ${expr.type.name}`);
  return (frame) => {
    const value = expr.evaluate(frame);
    if (typeof value === 'boolean') return value;
    return throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  };
}
