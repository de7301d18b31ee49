import type { Database } from '../database.ts';
import type { UserRights } from '../rights/index.ts';
import type { Entry, PublishedEvent, Transaction } from '../storage/index.ts';
import type { TriggerRunner, UnitOfWork } from '../unit.ts';
import type { RecordWriter } from './writer.ts';

/** What the operations of one request share. */
export interface Work {
  readonly database: Database;
  readonly transaction: Transaction;
  /** How many steps the transaction had when the request began. */
  readonly began: number;
  /** Whole seconds since 1970, taken when the request began. */
  readonly now: number;
  readonly user: Entry;
  /** What the user may do; absent for a system administrator, and for what the platform does itself. */
  readonly rights: UserRights | undefined;
  /** The org's triggers, and the transaction as they get it. */
  readonly triggers: TriggerRunner | undefined;
  readonly unit: UnitOfWork;
  writerOf(object: string): RecordWriter;
  makeUuid(): string;
  /** Publishes at once, whatever becomes of the transaction. */
  publishNow(event: PublishedEvent): void;
}
