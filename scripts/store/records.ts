import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { outcomes, type Claim, type ReasonCode, type RecordFilter, type RecordRow } from '../engine/index.ts';
import type { FirstFill } from './first-fill.ts';
import { keyHash } from './key-hash.ts';
import type { Names } from './names.ts';
import { sameClaim, type ClaimChanges, type RankedClaim } from './ranked-claim.ts';
import { RowWriter } from './row-writer.ts';
import { byText, orNull, prepareQuery, type Columns } from './statement.ts';

const columns =
  'r.source, r.own, r.parents, r.key_space, r.key, r.precedence, r.hash, r.outcome, r.reason, r.detail, r.run, r.created_in, r.live, r.settled_at, r.sync, r.bulk_run, r.rank';

export const recordQueries = {
  rows: `
    select ${columns}
    from json_each(?1) as asked
    cross join record as r on r.sync = ?2 and r.source = asked.value`,
  claimed: `
    select r.source, r.key_space, r.key, r.precedence, coalesce(r.rank, r.own)
    from json_each(?1) as asked
    cross join record as r on r.sync = ?2 and r.source = asked.value
    where r.key is not null`,
};

export const recordStatements = {
  put: `
    insert into record values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict do update set
      own = excluded.own, parents = excluded.parents, key_space = excluded.key_space, key = excluded.key,
      precedence = excluded.precedence, hash = excluded.hash, outcome = excluded.outcome, reason = excluded.reason,
      detail = excluded.detail, run = excluded.run, bulk_run = excluded.bulk_run, created_in = excluded.created_in, live = excluded.live,
      settled_at = excluded.settled_at, rank = excluded.rank`,
};

/** A row, and the numbers of its names. */
interface NamedRow {
  readonly row: RecordRow;
  readonly keySpace: number;
  readonly outcome: number;
  readonly reason: number | null;
  readonly run: number;
  readonly bulkRun: number | null;
  readonly createdIn: number | null;
}

/** The row per (sync, source record). */
export class Records {
  readonly #database: DatabaseSync;
  readonly #names: Names;
  readonly #firstFill: FirstFill;
  readonly #queries;
  readonly #writer: RowWriter;

  constructor(database: DatabaseSync, names: Names, firstFill: FirstFill) {
    this.#database = database;
    this.#names = names;
    this.#firstFill = firstFill;
    this.#queries = {
      rows: prepareQuery(database, recordQueries.rows),
      claimed: prepareQuery(database, recordQueries.claimed),
    };
    this.#writer = new RowWriter(database, recordStatements.put);
  }

  rows(sync: string, sources: readonly string[]): ReadonlyMap<string, RecordRow> {
    const found = new Map<string, RecordRow>();
    const number = this.#names.find(sync);
    const asked = number === undefined ? [] : this.#perhapsHeld(number, sources);
    if (number === undefined || asked.length === 0) return found;
    for (const row of this.#queries.rows(JSON.stringify(asked), number)) {
      const decoded = this.#decode(row);
      found.set(decoded.source, decoded);
    }
    return found;
  }

  /** Within a transaction: stores the rows (of one record the last) and tells how the claims changed by them. */
  put(rows: readonly RecordRow[]): ClaimChanges {
    const removed: RankedClaim[] = [];
    const added: RankedClaim[] = [];
    this.#writer.begin();
    for (const [sync, group] of Map.groupBy(rows, (row) => row.sync)) {
      const number = this.#names.intern(sync);
      const sorted = group.toSorted(bySource);
      const claimed = this.#claimed(number, sorted);
      let named: NamedRow | undefined;
      for (let index = 0; index < sorted.length; index++) {
        const row = sorted[index] as RecordRow;
        if (sorted[index + 1]?.source === row.source) continue;
        if (!named || !sharesNames(named.row, row)) named = this.#name(row);
        put(this.#writer, number, row, named);
        const before = claimed.get(row.source);
        const after = claimOf(number, row, named.keySpace);
        if (before && after && sameClaim(before, after)) continue;
        if (before) removed.push(before);
        if (after) added.push(after);
      }
    }
    this.#writer.end();
    return { removed, added };
  }

  records(filter: RecordFilter): readonly RecordRow[] {
    const conditions: string[] = [];
    const values: SQLInputValue[] = [];
    const named = { sync: filter.sync, reason: filter.reason, run: filter.run };
    for (const [column, name] of Object.entries(named)) {
      if (name === undefined) continue;
      const number = this.#names.find(name);
      if (number === undefined) return [];
      conditions.push(`r.${column} = ?`);
      values.push(number);
    }
    if (filter.outcome) {
      const place = outcomes.indexOf(filter.outcome);
      conditions.push('r.outcome = ?');
      values.push(place);
      // The words of the partial index on held and failed records, without which SQLite does not use it.
      if (place >= 4) conditions.push('r.outcome >= 4');
    }
    if (filter.after) {
      const number = this.#names.find(filter.after.sync);
      if (number === undefined) return [];
      conditions.push('(r.sync, r.source) > (?, ?)');
      values.push(number, filter.after.source);
    }
    const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
    const query = prepareQuery(
      this.#database,
      `select ${columns} from record as r ${where} order by r.sync, r.source limit ?`,
    );
    return query(...values, filter.limit).map((row) => this.#decode(row));
  }

  /** Decodes the columns of `Claims.candidates`: the key and its claim. */
  claim(row: Columns): readonly [string, Claim] {
    const createdIn = row[7] as number | null;
    const claim: Claim = {
      sync: this.#names.text(row[1] as number),
      source: row[2] as string,
      precedence: row[3] as number,
      ...(row[10] === null ? {} : { rank: row[10] as number }),
      version: { own: row[4] as number, parents: row[5] as number },
      delivered: row[6] === 1,
      ...(createdIn === null ? {} : { createdIn: this.#names.text(createdIn) }),
      run: this.#names.text(row[8] as number),
      outcome: outcomeAt(row[9]),
    };
    return [row[0] as string, claim];
  }

  #name(row: RecordRow): NamedRow {
    const names = this.#names;
    return {
      row,
      keySpace: names.intern(row.keySpace),
      outcome: outcomes.indexOf(row.outcome),
      reason: names.internOptional(row.reason),
      run: names.intern(row.run),
      bulkRun: names.internOptional(row.bulkRun),
      createdIn: names.internOptional(row.createdIn),
    };
  }

  #perhapsHeld(sync: number, sources: readonly string[]): readonly string[] {
    this.#firstFill.look();
    const held: string[] = [];
    for (const source of sources) if (this.#firstFill.mayHoldRecord(sync, source)) held.push(source);
    return held;
  }

  /** What the records of rows that are about to be written claim until now. */
  #claimed(sync: number, rows: readonly RecordRow[]): ReadonlyMap<string, RankedClaim> {
    const claimed = new Map<string, RankedClaim>();
    this.#firstFill.look();
    const asked: string[] = [];
    for (const { source } of rows) if (this.#firstFill.addRecord(sync, source)) asked.push(source);
    if (asked.length === 0) return claimed;
    for (const row of this.#queries.claimed(JSON.stringify(asked), sync)) {
      const source = row[0] as string;
      const keySpace = row[1] as number;
      const key = row[2] as string;
      claimed.set(source, {
        hash: keyHash(keySpace, key),
        keySpace,
        key,
        precedence: row[3] as number,
        own: row[4] as number,
        source,
        sync,
      });
    }
    return claimed;
  }

  #decode(row: Columns): RecordRow {
    const names = this.#names;
    const [source, own, parents, keySpace, key, precedence, hash, outcome, reason, detail, run, createdIn, live] = row;
    return {
      sync: names.text(row[14] as number),
      source: source as string,
      version: { own: own as number, parents: parents as number },
      keySpace: names.text(keySpace as number),
      key: (key as string | null) ?? undefined,
      precedence: precedence as number,
      rank: (row[16] as number | null) ?? undefined,
      hash: (hash as string | null) ?? undefined,
      outcome: outcomeAt(outcome),
      reason: reason === null ? undefined : (names.text(reason as number) as ReasonCode),
      detail: (detail as string | null) ?? undefined,
      run: names.text(run as number),
      bulkRun: row[15] === null ? undefined : names.text(row[15] as number),
      createdIn: createdIn === null ? undefined : names.text(createdIn as number),
      entrance: live === 1 ? 'live' : 'bulk',
      settledAt: row[13] as number,
    };
  }
}

function put(writer: RowWriter, sync: number, row: RecordRow, named: NamedRow): void {
  writer.add(
    sync,
    row.source,
    row.version.own,
    row.version.parents,
    named.keySpace,
    orNull(row.key),
    row.precedence,
    orNull(row.hash),
    named.outcome,
    named.reason,
    orNull(row.detail),
    named.run,
    named.bulkRun,
    named.createdIn,
    row.entrance === 'live' ? 1 : 0,
    row.settledAt,
    orNull(row.rank),
  );
}

function bySource(left: RecordRow, right: RecordRow): number {
  return byText(left.source, right.source);
}

/** True when the names of both rows are the same: of most neighbours they are, and need no look-up. */
function sharesNames(left: RecordRow, right: RecordRow): boolean {
  return (
    left.keySpace === right.keySpace &&
    left.outcome === right.outcome &&
    left.reason === right.reason &&
    left.run === right.run &&
    left.bulkRun === right.bulkRun &&
    left.createdIn === right.createdIn
  );
}

function claimOf(sync: number, row: RecordRow, keySpace: number): RankedClaim | undefined {
  if (row.key === undefined) return undefined;
  const { key, precedence, source } = row;
  const own = row.rank ?? row.version.own;
  return { hash: keyHash(keySpace, key), keySpace, key, precedence, own, source, sync };
}

function outcomeAt(place: unknown): (typeof outcomes)[number] {
  const outcome = outcomes[place as number];
  if (!outcome) throw new Error(`The store holds an outcome that is not known: ${String(place)}.`);
  return outcome;
}
