export {
  Entry,
  entryOf,
  fixedSlots,
  isDeleted,
  read,
  slots,
  stampOf,
  type Column,
  type Row,
  type Stored,
} from './row.ts';
export { Table } from './table.ts';
export { ValueIndex } from './value-index.ts';
export { LockedError, Transaction, type PublishedEvent, type Savepoint, type Step } from './transaction.ts';
