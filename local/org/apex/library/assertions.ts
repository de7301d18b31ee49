import { toText } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import type { TypeState } from '../runtime/type-values.ts';
import { compareNumbers, Instance, isEqual, isNumeric, type NativeValue, type Value } from '../values/index.ts';
import { define } from './define.ts';

function fail(thread: Thread, what: string, message: Value): never {
  const own = message === null ? '' : `: ${toText(thread, message)}`;
  return throwApex(thread, 'AssertException', `Assertion Failed${own === '' && what === '' ? '' : own}${what}`);
}

/** `==` of an assertion: text by its case. */
function areEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right;
  return isNumeric(left) && isNumeric(right) ? compareNumbers(left, right) === 0 : isEqual(left, right);
}

/** Fails unless two values are the same. */
export function equal(thread: Thread, expected: Value, actual: Value, message: Value = null): void {
  if (areEqual(expected, actual)) return;
  fail(thread, `: Expected: ${toText(thread, expected)}, Actual: ${toText(thread, actual)}`, message);
}

/** Fails when two values are the same. */
export function notEqual(thread: Thread, expected: Value, actual: Value, message: Value = null): void {
  if (!areEqual(expected, actual)) return;
  fail(thread, `: Same value: ${toText(thread, actual)}`, message);
}

/** What fails unless it is given this value. */
export function holds(wanted: Value) {
  return (thread: Thread, actual: Value, message: Value = null): void => {
    if (actual !== wanted) fail(thread, '', message);
  };
}

define('Assert', {
  statics: {
    'void areEqual(Object?, Object?)': equal,
    'void areEqual(Object?, Object?, Object?)': equal,
    'void areNotEqual(Object?, Object?)': notEqual,
    'void areNotEqual(Object?, Object?, Object?)': notEqual,
    'void isTrue(Boolean?)': holds(true),
    'void isTrue(Boolean?, Object?)': holds(true),
    'void isFalse(Boolean?)': holds(false),
    'void isFalse(Boolean?, Object?)': holds(false),
    'void isNull(Object?)': holds(null),
    'void isNull(Object?, Object?)': holds(null),
    'void isNotNull(Object?)': (thread: Thread, value: Value) => void (value === null && fail(thread, '', null)),
    'void isNotNull(Object?, Object?)': (thread: Thread, value: Value, message: Value) =>
      void (value === null && fail(thread, '', message)),
    'void fail()': (thread: Thread) => fail(thread, '', null),
    'void fail(Object?)': (thread: Thread, message: Value) => fail(thread, '', message),
    'void isInstanceOfType(Object?, Type)': (thread: Thread, value: Value, type: NativeValue) =>
      isOf(value, type) ? undefined : fail(thread, '', null),
    'void isInstanceOfType(Object?, Type, Object?)': (
      thread: Thread,
      value: Value,
      type: NativeValue,
      message: Value,
    ) => (isOf(value, type) ? undefined : fail(thread, '', message)),
  },
});

const isOf = (value: Value, type: NativeValue): boolean =>
  value instanceof Instance && value.info.is((type.state as TypeState).type.info);
