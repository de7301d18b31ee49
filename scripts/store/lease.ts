import type { DatabaseSync } from 'node:sqlite';
import { LeaseLostError } from '../engine/index.ts';
import { storeError } from './errors.ts';
import { prepareAll } from './statement.ts';

export const leaseStatements = {
  read: 'select id, owner, fence, leased_until from store',
  take: 'update store set owner = ?, fence = ?, leased_until = ?',
  extend: 'update store set leased_until = ?',
  give: 'update store set owner = null',
};

/** The right to change the store, and the only way to: a transaction under the fence of the latest lease. */
export class Lease {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #undone: () => void;
  readonly #lives: (owner: string) => boolean;
  readonly #statements;
  #fence: number | undefined;

  /** `undone` is called after each transaction that was undone; `lives` tells whether an owner may still be at work. */
  constructor(database: DatabaseSync, file: string, undone: () => void, lives: (owner: string) => boolean) {
    this.#database = database;
    this.#file = file;
    this.#undone = undone;
    this.#lives = lives;
    this.#statements = prepareAll(database, leaseStatements);
  }

  /** `taken` runs in the same transaction. */
  acquire(owner: string, now: number, milliseconds: number, taken: () => void): void {
    this.#transaction(() => {
      const holder = this.#statements.read.get();
      const until = Number(holder?.['leased_until']);
      const held = this.holder() ?? owner;
      if (held !== owner && until > now && this.#lives(held)) {
        throw new LeaseLostError(
          `The store ${this.#file} is in use by ${held} until ${new Date(until).toISOString()}.`,
          ['Stop that worker, or wait until its lease ends.'],
        );
      }
      const fence = Number(holder?.['fence']) + 1;
      this.#statements.take.run(owner, fence, now + milliseconds);
      taken();
      this.#fence = fence;
    });
  }

  /** Who holds the store, if anyone. */
  holder(): string | undefined {
    const owner = this.#statements.read.get()?.['owner'];
    return owner == null ? undefined : String(owner);
  }

  renew(now: number, milliseconds: number): void {
    this.write(() => this.#statements.extend.run(now + milliseconds));
  }

  /** Gives the store back; one that another worker has taken since stays with that one. */
  release(): void {
    const fence = this.#fence;
    if (fence === undefined) return;
    this.#fence = undefined;
    this.#transaction(() => {
      if (this.#statements.read.get()?.['fence'] === fence) this.#statements.give.run();
    });
  }

  /** Runs `change` in one transaction. Throws `LeaseLostError` when the lease is not, or no longer, held. */
  write<Result>(change: () => Result): Result {
    return this.#transaction(() => {
      this.check();
      return change();
    });
  }

  /** Throws `LeaseLostError` when the lease is not, or no longer, held. */
  check(): void {
    if (this.#fence !== undefined && this.#statements.read.get()?.['fence'] === this.#fence) return;
    const next = ['Start the worker again.'];
    throw new LeaseLostError(`The lease of the store ${this.#file} is not held by this worker (any more).`, next);
  }

  #transaction<Result>(change: () => Result): Result {
    try {
      this.#database.exec('begin immediate');
      const result = change();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      this.#undone();
      throw storeError(error, this.#file);
    }
  }
}
