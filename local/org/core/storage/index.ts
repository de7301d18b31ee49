export { Entry, entryOf, isDeleted, read, slots, type Column, type Row, type Stored } from './row.ts';
export type { StampOrder } from './stamp-log.ts';
export { Table } from './table.ts';
export { LockedError, Transaction, type PublishedEvent, type Savepoint, type Step } from './transaction.ts';
export type { ValueIndex } from './value-index.ts';
