export {
  compareForSort,
  compareNumbers,
  isEqual,
  isNumeric,
  isSame,
  keyOf,
  orderOf,
  toDecimal,
  toNumber,
} from './compare.ts';
export { Decimal } from './decimal.ts';
export { RecordValue, type AddedError } from './record.ts';
export { addMonths, DateValue, DatetimeValue, TimeValue } from './temporal.ts';
export { textOf } from './text.ts';
export {
  BlobValue,
  DoubleValue,
  EnumValue,
  Instance,
  ListValue,
  MapValue,
  NativeValue,
  SetValue,
  type DmlRow,
  type Key,
  type ThrownState,
  type Value,
} from './values.ts';
