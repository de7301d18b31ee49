import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { Decimal, DoubleValue, type EnumValue, isNumeric, toDecimal, toNumber, type Value } from '../values/index.ts';
import { define } from './define.ts';

const grouped = (text: string): string => {
  const [whole = '', part] = text.split('.');
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? separated : `${separated}.${part}`;
};

function wholeOf(thread: Thread, text: string, limit: number): number {
  const trimmed = text.trim();
  const value = /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : NaN;
  return Math.abs(value) <= limit ? value : throwApex(thread, 'TypeException', `Invalid integer: ${text}`);
}

const truncated = (value: Decimal | DoubleValue): number => Math.trunc(toNumber(value)) | 0;

define('Integer', {
  statics: {
    'Integer valueOf(String)': (thread: Thread, text: string) => wholeOf(thread, text, 2_147_483_647),
    'Integer valueOf(Object)': (thread: Thread, value: Value) => {
      if (typeof value === 'string') return wholeOf(thread, value, 2_147_483_647);
      return isNumeric(value) ? Math.trunc(toNumber(value)) : throwApex(thread, 'TypeException', 'Invalid integer');
    },
  },
  methods: {
    'String format()': (_thread: Thread, value: number) => grouped(String(value)),
    'Integer intValue()': (_thread: Thread, value: number) => value,
    'Long longValue()': (_thread: Thread, value: number) => BigInt(value),
    'Decimal setScale(Integer)': (_thread: Thread, value: number, scale: number) => Decimal.of(value).withScale(scale),
    'Double doubleValue()': (_thread: Thread, value: number) => new DoubleValue(value),
  },
});

define('Long', {
  statics: {
    'Long valueOf(String)': (thread: Thread, text: string) =>
      /^[+-]?\d+$/.test(text.trim())
        ? BigInt(text.trim())
        : throwApex(thread, 'TypeException', `Invalid long: ${text}`),
  },
  methods: {
    'String format()': (_thread: Thread, value: bigint) => grouped(String(value)),
    'Integer intValue()': (_thread: Thread, value: bigint) => Number(BigInt.asIntN(32, value)),
    'Long longValue()': (_thread: Thread, value: bigint) => value,
  },
});

define('Double', {
  statics: {
    'Double valueOf(Object)': (thread: Thread, value: Value) => {
      const decimal =
        typeof value === 'string' ? Decimal.parse(value) : isNumeric(value) ? toDecimal(value) : undefined;
      return decimal === undefined
        ? throwApex(thread, 'TypeException', 'Invalid double')
        : new DoubleValue(decimal.toNumber());
    },
  },
  methods: {
    'Integer intValue()': (_thread: Thread, value: DoubleValue) => truncated(value),
    'Long longValue()': (_thread: Thread, value: DoubleValue) => BigInt(Math.trunc(value.value)),
    'Long round()': (_thread: Thread, value: DoubleValue) => BigInt(Math.round(value.value)),
  },
});

const roundingOf = (mode: EnumValue): string => mode.name;

define('Decimal', {
  statics: {
    'Decimal valueOf(String)': (thread: Thread, text: string) =>
      Decimal.parse(text) ?? throwApex(thread, 'TypeException', `Invalid decimal: ${text}`),
    'Decimal valueOf(Double)': (_thread: Thread, value: DoubleValue) => toDecimal(value),
    'Decimal valueOf(Long)': (_thread: Thread, value: bigint) => Decimal.of(value),
  },
  methods: {
    'Decimal abs()': (_thread: Thread, value: Decimal) => (value.unscaled < 0n ? value.negated() : value),
    'Decimal divide(Decimal, Integer)': (_thread: Thread, value: Decimal, by: Decimal, scale: number) =>
      value.dividedBy(by).round(scale, 'HALF_EVEN').withScale(scale),
    'Decimal divide(Decimal, Integer, RoundingMode)': (
      _thread: Thread,
      value: Decimal,
      by: Decimal,
      scale: number,
      mode: EnumValue,
    ) => value.dividedBy(by).round(scale, roundingOf(mode)).withScale(scale),
    'Double doubleValue()': (_thread: Thread, value: Decimal) => new DoubleValue(value.toNumber()),
    'String format()': (_thread: Thread, value: Decimal) => grouped(value.round(3, 'HALF_EVEN').stripped().toString()),
    'Integer intValue()': (_thread: Thread, value: Decimal) => truncated(value),
    'Long longValue()': (_thread: Thread, value: Decimal) => BigInt(Math.trunc(value.toNumber())),
    'Decimal pow(Integer)': (_thread: Thread, value: Decimal, power: number) => {
      let result = Decimal.of(1);
      for (let times = 0; times < power; times++) result = result.times(value);
      return result;
    },
    'Integer precision()': (_thread: Thread, value: Decimal) => value.unscaled.toString().replace('-', '').length,
    'Long round()': (_thread: Thread, value: Decimal) => value.round(0, 'HALF_EVEN').unscaled,
    'Long round(RoundingMode)': (_thread: Thread, value: Decimal, mode: EnumValue) =>
      value.round(0, roundingOf(mode)).unscaled,
    'Integer scale()': (_thread: Thread, value: Decimal) => value.scale,
    'Decimal setScale(Integer)': (_thread: Thread, value: Decimal, scale: number) => value.withScale(scale),
    'Decimal setScale(Integer, RoundingMode)': (_thread: Thread, value: Decimal, scale: number, mode: EnumValue) =>
      value.round(scale, roundingOf(mode)).withScale(scale),
    'Decimal stripTrailingZeros()': (_thread: Thread, value: Decimal) => value.stripped(),
    'String toPlainString()': (_thread: Thread, value: Decimal) => value.toString(),
  },
});

const smaller = <Number extends number | bigint>(left: Number, right: Number): Number => (left < right ? left : right);
const larger = <Number extends number | bigint>(left: Number, right: Number): Number => (left > right ? left : right);
const ofDouble = (act: (value: number) => number) => (_thread: Thread, value: DoubleValue) =>
  new DoubleValue(act(value.value));

define('Math', {
  statics: {
    'Integer abs(Integer)': (_thread: Thread, value: number) => Math.abs(value),
    'Long abs(Long)': (_thread: Thread, value: bigint) => (value < 0n ? -value : value),
    'Decimal abs(Decimal)': (_thread: Thread, value: Decimal) => (value.unscaled < 0n ? value.negated() : value),
    'Integer min(Integer, Integer)': (_thread: Thread, left: number, right: number) => smaller(left, right),
    'Long min(Long, Long)': (_thread: Thread, left: bigint, right: bigint) => smaller(left, right),
    'Decimal min(Decimal, Decimal)': (_thread: Thread, left: Decimal, right: Decimal) =>
      left.compare(right) <= 0 ? left : right,
    'Integer max(Integer, Integer)': (_thread: Thread, left: number, right: number) => larger(left, right),
    'Long max(Long, Long)': (_thread: Thread, left: bigint, right: bigint) => larger(left, right),
    'Decimal max(Decimal, Decimal)': (_thread: Thread, left: Decimal, right: Decimal) =>
      left.compare(right) >= 0 ? left : right,
    'Integer mod(Integer, Integer)': (thread: Thread, left: number, right: number) =>
      right === 0 ? throwApex(thread, 'MathException', 'Divide by 0') : left % right,
    'Long mod(Long, Long)': (thread: Thread, left: bigint, right: bigint) =>
      right === 0n ? throwApex(thread, 'MathException', 'Divide by 0') : left % right,
    'Decimal ceil(Decimal)': (_thread: Thread, value: Decimal) => value.round(0, 'CEILING'),
    'Decimal floor(Decimal)': (_thread: Thread, value: Decimal) => value.round(0, 'FLOOR'),
    'Integer round(Decimal)': (_thread: Thread, value: Decimal) => Number(value.round(0, 'HALF_EVEN').unscaled),
    'Long roundToLong(Decimal)': (_thread: Thread, value: Decimal) => value.round(0, 'HALF_EVEN').unscaled,
    'Double sqrt(Double)': ofDouble(Math.sqrt),
    'Double log(Double)': ofDouble(Math.log),
    'Double log10(Double)': ofDouble(Math.log10),
    'Double exp(Double)': ofDouble(Math.exp),
    'Double pow(Double, Double)': (_thread: Thread, value: DoubleValue, power: DoubleValue) =>
      new DoubleValue(value.value ** power.value),
    'Decimal signum(Decimal)': (_thread: Thread, value: Decimal) => Decimal.of(value.compare(Decimal.of(0))),
    'Double random()': (thread: Thread) => new DoubleValue(thread.host.random()),
  },
});
