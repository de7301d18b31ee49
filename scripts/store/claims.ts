import type { DatabaseSync } from 'node:sqlite';
import { ClaimBuffer, compareClaims, type ClaimChanges, type RankedClaim } from './claim-buffer.ts';
import { keyHash } from './key-hash.ts';
import { byText, prepareAll, prepareQuery, type Columns } from './statement.ts';

/** After so many changes they are merged into the table, sorted: several then share each page that is written. */
const mergeAt = 32_768;

const claimColumns =
  'r.key, r.sync, r.source, r.precedence, r.own, r.parents, r.hash is not null, r.created_in, r.run, r.outcome';

export const claimQueries = {
  /** An entry counts only while it says what its row says: what changed since the last merge is in the buffer. */
  top: `
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
        and claimant.own = c.own
      order by c.precedence desc, c.own desc, c.source desc, c.sync desc
      limit 1
    )`,
  /** As `top`, without the claims of the records named after the key. */
  topBut: `
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
        and claimant.own = c.own
        and not exists (
          select 1 from json_each(asked.value, '$[2]') as but where but.value ->> 0 = c.sync and but.value ->> 1 = c.source
        )
      order by c.precedence desc, c.own desc, c.source desc, c.sync desc
      limit 1
    )`,
  some: `
    select ${claimColumns}
    from json_each(?1) as asked
    cross join record as r on r.sync = asked.value ->> 0 and r.source = asked.value ->> 1`,
  changes: 'select changes from claim_change order by sequence',
  dataVersion: 'pragma data_version',
};

export const claimStatements = {
  log: 'insert into claim_change (changes) values (?)',
  emptyLog: 'delete from claim_change',
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
 * transaction that makes them, kept in memory, and merged into the table by the ten thousands.
 */
export class Claims {
  readonly #queries;
  readonly #statements;
  readonly #buffer = new ClaimBuffer();
  #dataVersion: unknown;

  constructor(database: DatabaseSync) {
    this.#queries = {
      top: prepareQuery(database, claimQueries.top),
      topBut: prepareQuery(database, claimQueries.topBut),
      some: prepareQuery(database, claimQueries.some),
      changes: prepareQuery(database, claimQueries.changes),
      dataVersion: prepareQuery(database, claimQueries.dataVersion),
    };
    this.#statements = prepareAll(database, claimStatements);
  }

  /**
   * Rows among which each key's greatest claim is, but those of the records that are named with it: at most one from
   * the table and one from the buffer.
   */
  candidates(keySpace: number, keys: readonly AskedKey[]): readonly Columns[] {
    this.#catchUp();
    const plain: PlainKey[] = [];
    const narrowed: NarrowedKey[] = [];
    for (const { key, but } of keys) {
      const hash = keyHash(keySpace, key);
      if (but.length === 0) plain.push([hash, key]);
      else narrowed.push([hash, key, but.map(({ sync, source }) => [sync, source])]);
    }
    return [
      ...(plain.length > 0 ? this.#queries.top(JSON.stringify(plain.sort(byHash)), keySpace) : []),
      ...(narrowed.length > 0 ? this.#queries.topBut(JSON.stringify(narrowed.sort(byHash)), keySpace) : []),
      ...this.#fresh(keySpace, keys),
    ];
  }

  /**
   * Within a transaction: logs the changes and merges the buffer when it is full. The answer is to be called once the
   * transaction is committed.
   */
  record(changes: ClaimChanges): () => void {
    this.#catchUp();
    const merge = this.#buffer.size >= mergeAt;
    if (merge) this.#merge();
    const changed = changes.removed.length > 0 || changes.added.length > 0;
    if (changed) this.#statements.log.run(JSON.stringify([changes.removed.map(pack), changes.added.map(pack)]));
    return () => {
      if (merge) this.#buffer.clear();
      this.#buffer.apply(changes);
    };
  }

  #fresh(keySpace: number, asked: readonly AskedKey[]): readonly Columns[] {
    const greatest: RankedClaim[] = [];
    for (const { key, but } of asked) {
      let top: RankedClaim | undefined;
      for (const claim of this.#buffer.claimants(keySpace, key)) {
        if (but.some((giver) => giver.sync === claim.sync && giver.source === claim.source)) continue;
        if (!top || compareClaims(claim, top) > 0) top = claim;
      }
      if (top) greatest.push(top);
    }
    if (greatest.length === 0) return [];
    greatest.sort((left, right) => left.sync - right.sync || byText(left.source, right.source));
    return this.#queries.some(JSON.stringify(greatest.map((claim) => [claim.sync, claim.source])));
  }

  #merge(): void {
    const { removed, added } = this.#buffer.changes();
    for (const entry of inOrder(removed)) this.#statements.remove.run(...entry);
    for (const entry of inOrder(added)) this.#statements.add.run(...entry);
    this.#statements.emptyLog.run();
  }

  /** Another process has changed the store (or this one has just opened it): the log is read again. */
  #catchUp(): void {
    const version = this.#queries.dataVersion()[0]?.[0];
    if (version === this.#dataVersion) return;
    this.#buffer.clear();
    for (const [text] of this.#queries.changes()) {
      const [removed, added] = JSON.parse(String(text)) as readonly [readonly Packed[], readonly Packed[]];
      this.#buffer.apply({ removed: removed.map(unpack), added: added.map(unpack) });
    }
    this.#dataVersion = version;
  }
}

/** A key as the queries ask for it: its hash, itself, and the records whose claims do not count. */
type PlainKey = readonly [number, string];
type NarrowedKey = readonly [number, string, readonly (readonly [number, string])[]];

/** Neighbours in the table of claims are asked for one after the other. */
function byHash(left: PlainKey | NarrowedKey, right: PlainKey | NarrowedKey): number {
  return left[0] - right[0];
}

type Packed = readonly [number, string, number, number, string, number];

function pack(claim: RankedClaim): Packed {
  return [claim.keySpace, claim.key, claim.precedence, claim.own, claim.source, claim.sync];
}

function unpack([keySpace, key, precedence, own, source, sync]: Packed): RankedClaim {
  return { keySpace, key, precedence, own, source, sync };
}

type Entry = readonly [number, number, number, string, number];

/** The claims as entries of the table, in its order, so that each of its pages is visited once. */
function inOrder(claims: readonly RankedClaim[]): readonly Entry[] {
  const entries = claims.map(({ keySpace, key, precedence, own, source, sync }): Entry => [
    keyHash(keySpace, key),
    precedence,
    own,
    source,
    sync,
  ]);
  return entries.sort((left, right) => left[0] - right[0]);
}
