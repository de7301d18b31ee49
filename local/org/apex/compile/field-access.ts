import type { FieldInfo } from '../types/index.ts';
import { Instance, type Value } from '../values/index.ts';
import { onValue, placeOn } from './calls.ts';
import type { Expr, Place } from './scope.ts';

/** A static field as an expression, and as a place where it can be set. */
export function staticField(field: FieldInfo): Expr {
  const { owner, slot, type } = field;
  if (field.get !== undefined || slot < 0) {
    const read: Expr = { type, evaluate: ({ thread }) => field.get?.(thread, null) ?? null };
    if (field.set === undefined && slot < 0) return read;
    return {
      ...read,
      place: {
        type,
        bind: ({ thread }) => ({
          get: () => field.get?.(thread, null) ?? null,
          set: (given) => field.set?.(thread, null, given),
        }),
      },
    };
  }
  const place: Place = {
    type,
    bind: ({ thread }) => {
      const statics = thread.statics(owner);
      return { get: () => statics[slot] ?? null, set: (given) => void (statics[slot] = given) };
    },
  };
  return { type, evaluate: ({ thread }) => thread.statics(owner)[slot] ?? null, place };
}

/** A field of an instance; `safe`: null where there is no instance (`?.`). */
export function instanceField(field: FieldInfo, target: Expr, safe: boolean): Expr {
  const { type, slot } = field;
  const read = (thread: Parameters<NonNullable<FieldInfo['get']>>[0], self: Value): Value => {
    if (field.get !== undefined) return field.get(thread, self);
    return self instanceof Instance ? (self.fields[slot] ?? null) : null;
  };
  const expr = onValue(target, safe, type, ({ thread }, self) => read(thread, self));
  const isReadable = field.get !== undefined || slot >= 0;
  const isSettable = field.set !== undefined || (slot >= 0 && field.get === undefined);
  if (!isSettable) return expr;
  return {
    ...expr,
    place: placeOn(target, type, {
      get: (thread, self) => (isReadable ? read(thread, self) : null),
      set: (thread, self, given) => {
        if (field.set !== undefined) field.set(thread, self, given);
        else if (self instanceof Instance) self.fields[slot] = given;
      },
    }),
  };
}
