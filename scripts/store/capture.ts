import type { DatabaseSync } from 'node:sqlite';
import type { Change, Commit, FanOut } from '../engine/index.ts';
import type { Names } from './names.ts';
import { byText, orNull, prepareAll, prepareQuery } from './statement.ts';

export const captureQueries = {
  cursor: 'select cursor from cursor where name = ?',
  seen: `
    select asked.key
    from json_each(?1) as asked
    cross join seen as s on s.object = ?2 and s.stamp = asked.value ->> 0 and s.source = asked.value ->> 1
      and s.deleted = asked.value ->> 2`,
  parents: `
    select p.source, p.hash
    from json_each(?1) as asked
    cross join parent as p on p.object = ?2 and p.source = asked.value`,
  fanOuts: 'select sync, reference, parent, after_id from fan_out order by sequence limit ?',
};

export const captureStatements = {
  putCursor: 'insert or replace into cursor (name, cursor) values (?, ?)',
  see: 'insert or ignore into seen (object, stamp, source, deleted) values (?, ?, ?, ?)',
  forgetSeen: 'delete from seen where object = ? and stamp < ?',
  putParent: 'insert or replace into parent (object, source, hash) values (?, ?, ?)',
  /** A parent that changes again while its children are being queued starts over when that is done. */
  addFanOut: `
    insert into fan_out (sync, reference, parent, after_id, again) values (?, ?, ?, ?, 0)
    on conflict do update set again = 1`,
  moveFanOut: 'update fan_out set after_id = ? where sync = ? and reference = ? and parent = ?',
  restartFanOut:
    'update fan_out set again = 0, after_id = null where sync = ? and reference = ? and parent = ? and again = 1',
  endFanOut: 'delete from fan_out where sync = ? and reference = ? and parent = ?',
};

/** How far sources are read: cursors, changes already seen, hashes of parents, children still to be queued. */
export class Capture {
  readonly #names: Names;
  readonly #queries;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#names = names;
    this.#queries = {
      cursor: prepareQuery(database, captureQueries.cursor),
      seen: prepareQuery(database, captureQueries.seen),
      parents: prepareQuery(database, captureQueries.parents),
      fanOuts: prepareQuery(database, captureQueries.fanOuts),
    };
    this.#statements = prepareAll(database, captureStatements);
  }

  /** Within a transaction. */
  commit(change: Commit): void {
    for (const { name, cursor } of change.cursors ?? []) this.#statements.putCursor.run(name, cursor);
    for (const { object, changes, forgetBefore } of change.seen ?? []) this.#see(object, changes, forgetBefore);
    const parents = change.parents?.toSorted(
      (left, right) => byText(left.object, right.object) || byText(left.id, right.id),
    );
    for (const { object, id, hash } of parents ?? []) {
      this.#statements.putParent.run(this.#names.intern(object), id, hash);
    }
    for (const fanOut of change.fanOuts?.add ?? []) {
      this.#statements.addFanOut.run(...this.#fanOutKey(fanOut), orNull(fanOut.afterId));
    }
    for (const fanOut of change.fanOuts?.progress ?? []) {
      this.#statements.moveFanOut.run(orNull(fanOut.afterId), ...this.#fanOutKey(fanOut));
    }
    for (const fanOut of change.fanOuts?.done ?? []) {
      const key = this.#fanOutKey(fanOut);
      if (this.#statements.restartFanOut.run(...key).changes === 0) this.#statements.endFanOut.run(...key);
    }
  }

  cursor(name: string): string | undefined {
    return this.#queries.cursor(name)[0]?.[0] as string | undefined;
  }

  unseen(object: string, changes: readonly Change[]): readonly Change[] {
    const number = this.#names.find(object);
    if (number === undefined || changes.length === 0) return changes;
    const asked = changes.map((change) => [change.stamp, change.id, change.deleted ? 1 : 0]);
    const seen = new Set(this.#queries.seen(JSON.stringify(asked), number).map((row) => row[0]));
    return changes.filter((_, index) => !seen.has(index));
  }

  parents(object: string, ids: readonly string[]): ReadonlyMap<string, string> {
    const number = this.#names.find(object);
    if (number === undefined || ids.length === 0) return new Map();
    const rows = this.#queries.parents(JSON.stringify(ids), number);
    return new Map(rows.map(([id, hash]) => [id as string, hash as string]));
  }

  fanOuts(limit: number): readonly FanOut[] {
    return this.#queries.fanOuts(limit).map(([sync, reference, parent, afterId]) => ({
      sync: this.#names.text(sync as number),
      reference: reference as string,
      parent: parent as string,
      ...(afterId === null ? {} : { afterId: afterId as string }),
    }));
  }

  #see(object: string, changes: readonly Change[], forgetBefore: number): void {
    const number = this.#names.intern(object);
    const sorted = changes.toSorted((left, right) => left.stamp - right.stamp || byText(left.id, right.id));
    for (const { stamp, id, deleted } of sorted) this.#statements.see.run(number, stamp, id, deleted ? 1 : 0);
    this.#statements.forgetSeen.run(number, forgetBefore);
  }

  #fanOutKey(fanOut: FanOut): [number, string, string] {
    return [this.#names.intern(fanOut.sync), fanOut.reference, fanOut.parent];
  }
}
