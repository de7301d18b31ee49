import type { DatabaseSync } from 'node:sqlite';
import { ClaimBuffer, partCount } from './claim-buffer.ts';
import type { FirstFill } from './first-fill.ts';
import { keyHash } from './key-hash.ts';
import { compareClaims, type ClaimChanges, type ClaimEntry, type RankedClaim } from './ranked-claim.ts';
import { RowWriter } from './row-writer.ts';
import { byText, prepareAll, prepareQuery, type Columns } from './statement.ts';

/** So many changes wait in memory; beyond, they are merged into the table part by part. */
export const changesKept = 131_072;

const claimColumns =
  'r.key, r.sync, r.source, r.precedence, r.own, r.parents, r.hash is not null, r.created_in, r.run, r.outcome, r.rank';

const lastPart = partCount - 1;

/** Greatest first, as `compareRanks` of the engine says: in the order of the table where there are no ranks. */
const byStamp = 'c.precedence desc, c.own desc, c.source desc, c.sync desc';
/** At a negative rank the smaller ID is the greater claim: the few claims of one rank are sorted. */
const byRank = 'c.precedence desc, c.own desc, case when c.own >= 0 then c.source end desc, c.source, c.sync desc';

/** Without the claims of the records named after the key. */
const notNamed = `
        and not exists (
          select 1 from json_each(asked.value, '$[2]') as but where but.value ->> 0 = c.sync and but.value ->> 1 = c.source
        )`;

/** An entry counts only while it says what its row says: what changed since the last merge is in the buffer. */
function greatestOf(order: string, narrowed = ''): string {
  return `
    select ${claimColumns}
    from json_each(?1) as asked
    cross join record as r on (r.sync, r.source) = (
      select c.sync, c.source
      from claim as c
      cross join record as claimant on claimant.sync = c.sync and claimant.source = c.source
      where c.key_hash = asked.value ->> 0
        and claimant.key = asked.value ->> 1
        and claimant.key_space = ?2
        and claimant.precedence = c.precedence
        and coalesce(claimant.rank, claimant.own) = c.own${narrowed}
      order by ${order}
      limit 1
    )`;
}

export const claimQueries = {
  top: greatestOf(byStamp),
  topBut: greatestOf(byStamp, notNamed),
  topRanked: greatestOf(byRank),
  topRankedBut: greatestOf(byRank, notNamed),
  anyRanked: 'select 1 from record where key_space = ? and rank is not null limit 1',
  some: `
    select ${claimColumns}
    from json_each(?1) as asked
    cross join record as r on r.sync = asked.value ->> 0 and r.source = asked.value ->> 1`,
  changes: 'select changes from claim_change order by sequence',
  lastChange: 'select max(sequence) from claim_change',
  claimed: `
    select r.key_space, r.key, r.precedence, coalesce(r.rank, r.own), r.source, r.sync
    from json_each(?1) as asked
    cross join record as r on r.sync = ?2 and r.source = asked.value
    where r.key is not null`,
};

export const claimStatements = {
  log: 'insert into claim_change (changes) values (?)',
  trimLog: 'delete from claim_change where sequence <= ?',
  remove: 'delete from claim where key_hash = ? and precedence = ? and own = ? and source = ? and sync = ?',
  add: 'insert or ignore into claim (key_hash, precedence, own, source, sync) values (?, ?, ?, ?, ?)',
};

/** A key, and records whose claims on it do not count. */
export interface AskedKey {
  readonly key: string;
  readonly but: readonly Pick<RankedClaim, 'sync' | 'source'>[];
}

/**
 * Who claims which key, in order of rank. Keys are random, so that each claim of a chunk is on another page of a
 * B-tree: writing them one chunk at a time costs more than all the rest of the store. Hence changes are logged in the
 * transaction that makes them and kept in memory; when these are many, those of one part of the table, neighbours, are
 * merged into it, and at the next commit those of the next part.
 */
export class Claims {
  readonly #queries;
  readonly #statements;
  readonly #writer: RowWriter;
  readonly #firstFill: FirstFill;
  readonly #changesKept: number;
  #buffer = new ClaimBuffer();
  #generation = 0;
  #nextPart = 0;
  /** Changes up to this one are in the table once the round through its parts that is under way is over. */
  #loggedBefore = 0;

  constructor(database: DatabaseSync, firstFill: FirstFill, kept: number) {
    this.#firstFill = firstFill;
    this.#changesKept = kept;
    this.#queries = {
      top: prepareQuery(database, claimQueries.top),
      topBut: prepareQuery(database, claimQueries.topBut),
      topRanked: prepareQuery(database, claimQueries.topRanked),
      topRankedBut: prepareQuery(database, claimQueries.topRankedBut),
      anyRanked: prepareQuery(database, claimQueries.anyRanked),
      some: prepareQuery(database, claimQueries.some),
      changes: prepareQuery(database, claimQueries.changes),
      lastChange: prepareQuery(database, claimQueries.lastChange),
      claimed: prepareQuery(database, claimQueries.claimed),
    };
    this.#statements = prepareAll(database, claimStatements);
    this.#writer = new RowWriter(database, claimStatements.add);
  }

  /**
   * Rows among which each key's greatest claim is, but those of the records that are named with it: at most one from
   * the table and one from the buffer.
   */
  candidates(keySpace: number, keys: readonly AskedKey[]): readonly Columns[] {
    this.#catchUp();
    const plain: PlainKey[] = [];
    const narrowed: NarrowedKey[] = [];
    const fresh: RankedClaim[] = [];
    for (const { key, but } of keys) {
      const hash = keyHash(keySpace, key);
      if (!this.#firstFill.mayHoldClaim(hash)) continue;
      const top = greatest(this.#buffer.claimants(hash, keySpace, key), but);
      if (top) fresh.push(top);
      if (but.length === 0) plain.push([hash, key]);
      else narrowed.push([hash, key, but.map(({ sync, source }) => [sync, source])]);
    }
    const ranked = plain.length + narrowed.length > 0 && this.#queries.anyRanked(keySpace).length > 0;
    const top = ranked ? this.#queries.topRanked : this.#queries.top;
    const topBut = ranked ? this.#queries.topRankedBut : this.#queries.topBut;
    return [
      ...(plain.length > 0 ? top(JSON.stringify(plain.sort(byHash)), keySpace) : []),
      ...(narrowed.length > 0 ? topBut(JSON.stringify(narrowed.sort(byHash)), keySpace) : []),
      ...this.#rows(fresh),
    ];
  }

  /**
   * Within a transaction: logs the changes and merges parts of a buffer that is full. The answer is to be called once
   * the transaction is committed.
   */
  record(changes: ClaimChanges): () => void {
    this.#catchUp();
    const merged = this.#fullParts();
    for (const part of merged) this.#merge(part);
    // Without these changes: a round that begins in this very commit merges its first parts before they are in them.
    const last = merged.includes(lastPart) ? Number(this.#queries.lastChange()[0]?.[0]) : undefined;
    const changed = changes.removed.length > 0 || changes.added.length > 0;
    if (changed) this.#statements.log.run(logged(changes));
    return () => this.#recorded(changes, merged, last);
  }

  #recorded(changes: ClaimChanges, merged: readonly number[], last: number | undefined): void {
    for (const part of merged) this.#buffer.clear(part);
    this.#nextPart = (this.#nextPart + merged.length) % partCount;
    if (last !== undefined) this.#loggedBefore = last;
    this.#buffer.apply(changes);
    for (const { hash } of changes.added) this.#firstFill.addClaim(hash);
  }

  /** The parts to merge, so that the buffer is not full any more. */
  #fullParts(): readonly number[] {
    const parts: number[] = [];
    let left = this.#buffer.size;
    while (left >= this.#changesKept) {
      const part = (this.#nextPart + parts.length) % partCount;
      left -= this.#buffer.sizeOf(part);
      parts.push(part);
    }
    return parts;
  }

  #rows(claims: RankedClaim[]): readonly Columns[] {
    if (claims.length === 0) return [];
    claims.sort((left, right) => left.sync - right.sync || byText(left.source, right.source));
    return this.#queries.some(JSON.stringify(claims.map((claim) => [claim.sync, claim.source])));
  }

  #merge(part: number): void {
    // In the order of the table, so that each of its pages is visited once.
    const { removed, added } = this.#buffer.entries(part);
    for (const entry of removed.sort(byHash)) this.#statements.remove.run(...entry);
    this.#writer.begin();
    for (const entry of added.sort(byHash)) this.#writer.add(...entry);
    this.#writer.end();
    if (part === lastPart) this.#statements.trimLog.run(this.#loggedBefore);
  }

  /** Another process has changed the store (or this one has just opened it): the log is read again. */
  #catchUp(): void {
    const generation = this.#firstFill.look();
    if (generation === this.#generation) return;
    this.#buffer = new ClaimBuffer();
    this.#nextPart = 0;
    this.#loggedBefore = 0;
    for (const [text] of this.#queries.changes()) {
      const [removed, added] = JSON.parse(String(text)) as Logged;
      this.#buffer.apply({ removed: removed.map(unpack), added: added.flatMap((group) => this.#claimed(group)) });
    }
    this.#generation = generation;
  }

  /** What records that began to claim a key claim now: a change since then is further on in the log. */
  #claimed([sync, ...sources]: LoggedSources): readonly RankedClaim[] {
    return this.#queries.claimed(JSON.stringify(sources), sync).map((row) => unpack(row as unknown as Packed));
  }
}

/** A commit's changes in the log: claims that ended, and for each sync (its number first) the records that began one. */
type Logged = readonly [readonly Packed[], readonly LoggedSources[]];
type LoggedSources = readonly [number, ...string[]];

function logged({ removed, added }: ClaimChanges): string {
  const groups = Map.groupBy(added, (claim) => claim.sync);
  const sources = Array.from(groups, ([sync, claims]): LoggedSources => [sync, ...claims.map((claim) => claim.source)]);
  return JSON.stringify([removed.map(pack), sources] satisfies Logged);
}

/** A key as the queries ask for it: its hash, itself, and the records whose claims do not count. */
type PlainKey = readonly [number, string];
type NarrowedKey = readonly [number, string, readonly (readonly [number, string])[]];

/** Neighbours in the table of claims are asked for, or written, one after the other. */
function byHash(left: PlainKey | NarrowedKey | ClaimEntry, right: PlainKey | NarrowedKey | ClaimEntry): number {
  return left[0] - right[0];
}

type Packed = readonly [number, string, number, number, string, number];

function pack(claim: RankedClaim): Packed {
  return [claim.keySpace, claim.key, claim.precedence, claim.own, claim.source, claim.sync];
}

function unpack([keySpace, key, precedence, own, source, sync]: Packed): RankedClaim {
  return { hash: keyHash(keySpace, key), keySpace, key, precedence, own, source, sync };
}

/** The greatest of a key's claims, without those of the records named. */
function greatest(claims: readonly RankedClaim[], but: AskedKey['but']): RankedClaim | undefined {
  let top: RankedClaim | undefined;
  for (const claim of claims) {
    if (but.some((giver) => giver.sync === claim.sync && giver.source === claim.source)) continue;
    if (!top || compareClaims(claim, top) > 0) top = claim;
  }
  return top;
}
