import { fromPlain, plainOf, readTyped } from '../runtime/json.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import type { TypeState } from '../runtime/type-values.ts';
import { known } from '../types/index.ts';
import {
  type DatetimeValue,
  type DateValue,
  type DoubleValue,
  NativeValue,
  toNumber,
  type Decimal,
  type Value,
} from '../values/index.ts';
import { define } from './define.ts';

function parse(thread: Thread, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return throwApex(thread, 'JSONException', `Unexpected character: ${error.message}`);
  }
}

const serialize = (thread: Thread, value: Value, suppressNulls = false) =>
  JSON.stringify(plainOf(thread, value, { suppressNulls }));

const typed = (strict: boolean) => (thread: Thread, text: string, type: NativeValue) =>
  readTyped(thread, parse(thread, text), (type.state as TypeState).type, strict);

interface Writer {
  readonly text: string;
  readonly pretty: boolean;
  readonly parts: string[];
  /** Whether something was written on each open level. */
  readonly levels: boolean[];
  named: boolean;
}

const writer = (self: NativeValue) => self.state as Writer;

function begin(self: NativeValue, bracket: string): void {
  separate(self);
  writer(self).parts.push(bracket);
  writer(self).levels.push(false);
}

function end(self: NativeValue, bracket: string): void {
  writer(self).levels.pop();
  writer(self).parts.push(bracket);
}

function separate(self: NativeValue): void {
  const state = writer(self);
  if (state.named) {
    state.named = false;
    return;
  }
  const level = state.levels.length - 1;
  if (level < 0) return;
  if (state.levels[level] === true) state.parts.push(',');
  state.levels[level] = true;
}

function name(self: NativeValue, field: string): void {
  separate(self);
  writer(self).parts.push(`${JSON.stringify(field)}:`);
  writer(self).named = true;
}

function write(self: NativeValue, json: string): void {
  separate(self);
  writer(self).parts.push(json);
}

/** The methods that write a value, and those that write a field with one. */
function writing(word: string, type: string, toJson: (value: never, thread: Thread) => string) {
  const convert = toJson as (value: Value, thread: Thread) => string;
  return {
    [`void write${word}(${type})`]: (thread: Thread, self: NativeValue, value: Value) =>
      write(self, convert(value, thread)),
    [`void write${word}Field(String, ${type})`]: (thread: Thread, self: NativeValue, field: string, value: Value) => {
      name(self, field);
      write(self, convert(value, thread));
    },
  };
}

define('JSONGenerator', {
  methods: {
    'void writeStartObject()': (_thread: Thread, self: NativeValue) => begin(self, '{'),
    'void writeEndObject()': (_thread: Thread, self: NativeValue) => end(self, '}'),
    'void writeStartArray()': (_thread: Thread, self: NativeValue) => begin(self, '['),
    'void writeEndArray()': (_thread: Thread, self: NativeValue) => end(self, ']'),
    'void writeFieldName(String)': (_thread: Thread, self: NativeValue, field: string) => name(self, field),
    'void writeNull()': (_thread: Thread, self: NativeValue) => write(self, 'null'),
    'void writeNullField(String)': (_thread: Thread, self: NativeValue, field: string) => {
      name(self, field);
      write(self, 'null');
    },
    ...writing('String', 'String', (value: string) => JSON.stringify(value)),
    ...writing('Number', 'Integer', (value: number) => String(value)),
    ...writing('Number', 'Long', (value: bigint) => String(value)),
    ...writing('Number', 'Decimal', (value: Decimal) => value.toString()),
    ...writing('Number', 'Double', (value: DoubleValue) => String(toNumber(value))),
    ...writing('Boolean', 'Boolean', (value: boolean) => String(value)),
    ...writing('Id', 'Id', (value: string) => JSON.stringify(value)),
    ...writing('Date', 'Date', (value: DateValue) => JSON.stringify(value.toString())),
    ...writing('DateTime', 'Datetime', (value: DatetimeValue) => JSON.stringify(value.toJson())),
    ...writing('Object', 'Object?', (value: Value, thread: Thread) => serialize(thread, value)),
    'String getAsString()': (_thread: Thread, self: NativeValue) => {
      const json = writer(self).parts.join('');
      return writer(self).pretty ? JSON.stringify(JSON.parse(json), null, 2).replaceAll('": ', '" : ') : json;
    },
    'void close()': () => undefined,
    'Boolean isClosed()': () => false,
  },
});

define('JSON', {
  statics: {
    'String serialize(Object?)': (thread: Thread, value: Value) => serialize(thread, value),
    'String serialize(Object?, Boolean)': serialize,
    'String serializePretty(Object?)': (thread: Thread, value: Value) =>
      JSON.stringify(plainOf(thread, value, { suppressNulls: false }), null, 2).replaceAll('": ', '" : '),
    'Object deserialize(String, Type)': typed(false),
    'Object deserializeStrict(String, Type)': typed(true),
    'Object deserializeUntyped(String)': (thread: Thread, text: string) => fromPlain(parse(thread, text), text),
    'JSONGenerator createGenerator(Boolean)': (_thread: Thread, pretty: boolean) => {
      const state: Writer = { text: 'JSONGenerator', pretty, parts: [], levels: [], named: false };
      return new NativeValue(known('JSONGenerator'), state);
    },
  },
});
