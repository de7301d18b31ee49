import type { ClassInfo, Type } from '../types/index.ts';
import type { Decimal } from './decimal.ts';
import type { RecordValue } from './record.ts';
import type { DateValue, DatetimeValue, TimeValue } from './temporal.ts';

/** A value of a running program. Integers are numbers, longs bigints, IDs text of 18 characters. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | DoubleValue
  | DateValue
  | DatetimeValue
  | TimeValue
  | BlobValue
  | ListValue
  | SetValue
  | MapValue
  | RecordValue
  | Instance
  | EnumValue
  | NativeValue;

export class DoubleValue {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export class BlobValue {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** `type` is that of the collection itself; absent until a call's declared result gives it one. */
export class ListValue {
  type: Type | undefined;
  readonly items: Value[];

  constructor(items: Value[], type?: Type) {
    this.items = items;
    this.type = type;
  }
}

/** What values are told apart by in sets and as keys of maps. */
export type Key = string | number | bigint | boolean | null | object;

export class SetValue {
  type: Type | undefined;
  readonly items: Map<Key, Value>;

  constructor(items: Map<Key, Value>, type?: Type) {
    this.items = items;
    this.type = type;
  }
}

export class MapValue {
  type: Type | undefined;
  readonly entries: Map<Key, { readonly key: Value; value: Value }>;

  constructor(entries: Map<Key, { readonly key: Value; value: Value }>, type?: Type) {
    this.entries = entries;
    this.type = type;
  }
}

/** An object of a class that Apex code declares, or an exception. */
export class Instance {
  readonly info: ClassInfo;
  readonly fields: Value[];
  /** What an exception carries; absent for other objects. */
  thrown: ThrownState | undefined = undefined;

  constructor(info: ClassInfo) {
    this.info = info;
    this.fields = new Array<Value>(info.slots).fill(null);
  }
}

export interface ThrownState {
  message: string | null;
  cause: Instance | null;
  line: number;
  stack: string;
  /** One for each failed record of a DmlException. */
  readonly rows: readonly DmlRow[];
}

export interface DmlRow {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export class EnumValue {
  readonly info: ClassInfo;
  readonly name: string;
  readonly ordinal: number;

  constructor(info: ClassInfo, name: string, ordinal: number) {
    this.info = info;
    this.name = name;
    this.ordinal = ordinal;
  }
}

/** An object of a class of the library; `state` is what its methods keep. */
export class NativeValue {
  readonly info: ClassInfo;
  readonly state: object;

  constructor(info: ClassInfo, state: object) {
    this.info = info;
    this.state = state;
  }
}
