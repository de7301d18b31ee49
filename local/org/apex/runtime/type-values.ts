import { base, type Type } from '../types/index.ts';
import { NativeValue, type Value } from '../values/index.ts';

/** A `System.Type` as a value. */
export interface TypeState {
  readonly key: string;
  readonly text: string;
  readonly type: Type;
}

export const typeValue = (type: Type): Value =>
  new NativeValue(base.type.info, { key: type.name.toLowerCase(), text: type.name, type } satisfies TypeState);
