import type { DatabaseSync } from 'node:sqlite';
import type { Change, Claim, Clock, Commit, RecordFilter, Sending, Store } from '../engine/index.ts';
import { Announcements } from './announcements.ts';
import { Capture } from './capture.ts';
import { Claims, type AskedKey } from './claims.ts';
import { FirstFill } from './first-fill.ts';
import type { Flush } from './flush.ts';
import { Issues } from './issues.ts';
import { Lease } from './lease.ts';
import { Names } from './names.ts';
import { Records } from './records.ts';
import { Requests } from './requests.ts';
import { Runs } from './runs.ts';
import type { SharedFill } from './shared-fill.ts';
import { Work } from './work.ts';

const nobody: AskedKey['but'] = [];

export interface StoreSettings {
  readonly id: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly lives: (owner: string) => boolean;
  readonly claimChangesKept: number;
  readonly flush: Pick<Flush, 'flushed' | 'close'>;
  /** Where another thread looks what the first fill is known to hold. */
  readonly sharedFill: SharedFill | undefined;
}

/** The engine's `Store` on one SQLite file. What each commit survives is told at `Flush`. */
export class SqliteStore implements Store {
  readonly id: string;
  readonly #database: DatabaseSync;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #lease: Lease;
  readonly #records: Records;
  readonly #claims: Claims;
  readonly #work: Work;
  readonly #runs: Runs;
  readonly #capture: Capture;
  readonly #requests: Requests;
  readonly #issues: Issues;
  readonly #announcements: Announcements;
  readonly #names: Names;
  readonly #firstFill: FirstFill;
  readonly #flush: StoreSettings['flush'];

  constructor(database: DatabaseSync, file: string, settings: StoreSettings) {
    const { id, clock, lives, claimChangesKept, flush, sharedFill } = settings;
    this.id = id;
    this.#database = database;
    this.#clock = clock;
    this.#flush = flush;
    this.#names = new Names(database);
    this.#lease = new Lease(database, file, () => this.#names.forget(), lives);
    this.#firstFill = new FirstFill(database, sharedFill);
    this.#records = new Records(database, this.#names, this.#firstFill);
    this.#claims = new Claims(database, this.#firstFill, claimChangesKept);
    this.#work = new Work(database, this.#names);
    this.#runs = new Runs(database, this.#names);
    this.#capture = new Capture(database, this.#names);
    this.#requests = new Requests(database, this.#names);
    this.#issues = new Issues(database, this.#names);
    this.#announcements = new Announcements(database, this.#names);
  }

  async acquire(owner: string, now: number, milliseconds: number): Promise<void> {
    this.#lease.acquire(owner, now, milliseconds, () => this.#work.giveBack());
    // Until now another process may have had the lease; from here on only this one changes what is stored.
    this.#firstFill.look();
    await this.#flush.flushed();
  }

  /** Who holds the lease, if anyone. */
  holder(): string | undefined {
    return this.#lease.holder();
  }

  /** The number of a name; absent when the store has never met it. */
  numberOf(name: string): number | undefined {
    return this.#names.find(name);
  }

  async renew(now: number, milliseconds: number): Promise<void> {
    this.#lease.renew(now, milliseconds);
  }

  async release(): Promise<void> {
    this.#lease.release();
  }

  async commit(change: Commit): Promise<void> {
    const committed = this.#lease.write(() => {
      for (const run of change.runs ?? []) this.#runs.put(run);
      for (const update of change.runUpdates ?? []) this.#runs.update(update);
      for (const delta of change.runDeltas ?? []) this.#runs.add(delta);
      const claimed = this.#claims.record(this.#records.put(change.rows ?? []));
      this.#work.settle(change.work ?? [], this.#clock.now());
      this.#work.enqueue(change.enqueue ?? []);
      this.#requests.answered(change.answered ?? []);
      this.#capture.commit(change);
      for (const issue of change.issues ?? []) this.#issues.add(issue);
      for (const each of change.announcements ?? []) this.#announcements.add(each);
      return claimed;
    });
    committed();
    if (isTold(change)) await this.#flush.flushed();
  }

  async rows(sync: string, sources: readonly string[]): ReturnType<Store['rows']> {
    return this.#records.rows(sync, sources);
  }

  async topClaims(keySpace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Claim>> {
    return this.#greatest(
      keySpace,
      Array.from(new Set(keys), (key) => ({ key, but: nobody })),
    );
  }

  async runnersUp(keySpace: string, givers: Parameters<Store['runnersUp']>[1]): Promise<ReadonlyMap<string, Claim>> {
    const asked = [...Map.groupBy(givers, (giver) => giver.key)].map(([key, group]) => ({
      key,
      but: group.flatMap(({ sync, source }) => {
        const number = this.#names.find(sync);
        return number === undefined ? [] : [{ sync: number, source }];
      }),
    }));
    return this.#greatest(keySpace, asked);
  }

  async records(filter: RecordFilter): ReturnType<Store['records']> {
    return this.#records.records(filter);
  }

  async waiting(sync: string, sources: readonly string[]): ReturnType<Store['waiting']> {
    return this.#work.waiting(sync, sources);
  }

  async lease(request: Parameters<Store['lease']>[0]): ReturnType<Store['lease']> {
    const { sync, now, milliseconds, limit } = request;
    this.#lease.check();
    if (this.#work.due(sync, now, 1).length === 0) return [];
    return this.#lease.write(() => {
      const items = this.#work.due(sync, now, limit);
      this.#work.lease(sync, items, now + milliseconds);
      return items;
    });
  }

  async nextDue(sync: string): Promise<number | undefined> {
    return this.#work.nextDue(sync);
  }

  async backlog(): ReturnType<Store['backlog']> {
    return this.#work.backlog();
  }

  async pending(run: string): Promise<number> {
    return this.#work.pending(run);
  }

  async sending(sending: Sending): Promise<void> {
    this.#lease.write(() => this.#requests.put(sending));
    await this.#flush.flushed();
  }

  async unanswered(now: number): ReturnType<Store['unanswered']> {
    return this.#requests.unanswered(now);
  }

  async cursor(name: string): ReturnType<Store['cursor']> {
    return this.#capture.cursor(name);
  }

  async unseen(object: string, changes: readonly Change[]): Promise<readonly Change[]> {
    return this.#capture.unseen(object, changes);
  }

  async parents(object: string, ids: readonly string[]): ReturnType<Store['parents']> {
    return this.#capture.parents(object, ids);
  }

  async fanOuts(limit: number): ReturnType<Store['fanOuts']> {
    return this.#capture.fanOuts(limit);
  }

  async run(id: string): ReturnType<Store['run']> {
    return this.#runs.run(id);
  }

  async runs(filter: Parameters<Store['runs']>[0]): ReturnType<Store['runs']> {
    return this.#runs.runs(filter);
  }

  async untold(limit: number): ReturnType<Store['untold']> {
    return this.#issues.untold(limit);
  }

  async told(upTo: readonly number[]): Promise<void> {
    this.#lease.write(() => this.#issues.told(upTo));
  }

  async unannounced(limit: number): ReturnType<Store['unannounced']> {
    return this.#announcements.waiting(limit);
  }

  async announced(sequences: readonly number[]): Promise<void> {
    this.#lease.write(() => this.#announcements.told(sequences));
  }

  async close(): Promise<void> {
    try {
      this.#lease.release();
      await this.#flush.close();
    } finally {
      this.#database.close();
    }
  }

  #greatest(keySpace: string, asked: readonly AskedKey[]): ReadonlyMap<string, Claim> {
    const greatest = new Map<string, Claim>();
    const number = this.#names.find(keySpace);
    if (number === undefined || asked.length === 0) return greatest;
    for (const row of this.#claims.candidates(number, asked)) {
      const [key, claim] = this.#records.claim(row);
      const other = greatest.get(key);
      if (!other || outranks(claim, other)) greatest.set(key, claim);
    }
    return greatest;
  }
}

/** A person was told that it is done. */
function isTold(change: Commit): boolean {
  return (change.runs?.length ?? 0) > 0 || (change.enqueue?.some((item) => item.cause === 'asked') ?? false);
}

function outranks(left: Claim, right: Claim): boolean {
  const place = left.rank ?? left.version.own;
  const difference = left.precedence - right.precedence || place - (right.rank ?? right.version.own);
  if (difference !== 0) return difference > 0;
  if (left.source === right.source) return left.sync > right.sync;
  return place < 0 ? left.source < right.source : left.source > right.source;
}
