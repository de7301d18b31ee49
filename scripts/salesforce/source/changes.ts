import { z } from 'zod';
import { RetryError, SettingsError, type Change, type ChangePage, type Cursor } from '../../engine/index.ts';
import type { Channel } from '../connection/index.ts';
import type { Describer } from '../describe.ts';
import { queryPages, type QueryPage } from '../query.ts';
import { literal, maxPageRows, select } from '../soql.ts';
import { prepareShape } from './shape.ts';

/** `floor`: what has an older stamp is left to the full read that follows the first poll; absent where nothing is. */
const cursorShape = z.object({ stamp: z.int(), floor: z.int().optional() });

/**
 * Changes of one object by polling, from `overlap` milliseconds before the cursor on: a transaction may commit after a
 * later stamp was read. Pages go on by (stamp, ID), so that any number of records of one stamp are each read once. In
 * SOQL stamps compare by whole seconds. The first poll of all gives what the full read that follows it has. `paths`:
 * fields whose values come along.
 */
export async function* readChanges(
  channel: Channel,
  describer: Describer,
  object: string,
  cursor: Cursor | undefined,
  overlap: number,
  paths?: readonly string[],
): AsyncGenerator<ChangePage, void, undefined> {
  const { name, fields } = await describer.object(object);
  if (!fields.has('systemmodstamp')) {
    throw new SettingsError(`${name} has no SystemModstamp, so its changes cannot be read.`, ['Sync another object.']);
  }
  const telling = fields.has('isdeleted') ? ['Id', 'SystemModstamp', 'IsDeleted'] : ['Id', 'SystemModstamp'];
  if (cursor === undefined) {
    yield await firstPage(channel, name, telling, overlap);
    return;
  }
  const shape = await prepareShape(describer, { object, fields: paths ?? [], include: 'all' });
  const columns = [...new Set([...telling, ...shape.columns])];

  const { stamp: from, floor = 0 } = readCursor(cursor);
  let reached = from;
  let after = [`SystemModstamp >= ${second(Math.max(from - overlap, floor))}`];
  let startedAt: number | undefined;
  for (;;) {
    const soql = select({
      fields: columns,
      from: name,
      where: after,
      orderBy: ['SystemModstamp', 'Id'],
      limit: maxPageRows,
    });
    const { rows, readAt } = await onlyPage(channel, soql, name);
    startedAt ??= readAt;
    const changes = rows.map((row) => toChange(row, name));
    const last = changes.at(-1);
    const ended = changes.length < maxPageRows;
    // Never backwards; and at the end of a cycle, up to when it began: what came later is met by the next one.
    reached = Math.max(reached, last?.stamp ?? 0, ended ? startedAt : 0);
    const there = paths === undefined ? [] : rows.filter((row) => row['IsDeleted'] !== true);
    const values = paths === undefined ? {} : { rows: there.map((row) => shape.fromJson(row)) };
    yield {
      changes,
      ...values,
      cursor: writeCursor({ stamp: reached, ...(reached - overlap < floor ? { floor } : {}) }),
      readAt,
    };
    if (ended || !last) return;
    const stamp = second(last.stamp);
    after = [`SystemModstamp >= ${stamp}`, `(SystemModstamp > ${stamp} OR Id > ${literal(last.id)})`];
  }
}

/** The second of the first poll, and the one before it: the org tells its time by whole seconds. */
const secondsToWaitOut = 2;

/**
 * What was saved within an overlap before the first poll, at most a page of it, the latest: whatever the next polls
 * find there beside it was committed after it was read, and maybe after the full read. Where there is more than a page,
 * the polls begin at the page; what is committed late with a stamp before it is found by the nightly sweep.
 *
 * What bears the second of the first poll may be saved before the full read or after it, so none of it is given. While
 * there is any, that second is waited out, since then all of it was before. Where people save all the time, some of it
 * is told once more.
 */
async function firstPage(
  channel: Channel,
  object: string,
  columns: readonly string[],
  overlap: number,
): Promise<ChangePage> {
  const { readAt } = await onlyPage(channel, select({ fields: ['Id'], from: object, limit: 1 }), object);
  const soql = select({
    fields: columns,
    from: object,
    where: [`SystemModstamp >= ${second(readAt - overlap)}`],
    orderBy: ['SystemModstamp DESC', 'Id DESC'],
    limit: maxPageRows,
  });
  for (let waited = 0; ; waited += 1) {
    const { rows } = await onlyPage(channel, soql, object);
    const latest = rows.map((row) => toChange(row, object));
    const end = wholeSecond(readAt) + waited * 1_000;
    if (waited < secondsToWaitOut && latest[0] !== undefined && latest[0].stamp >= end) {
      await channel.clock.sleep(1_000);
      continue;
    }
    const oldest = latest.length < maxPageRows ? undefined : latest.at(-1);
    // A full page may end within a second.
    const floor = oldest === undefined ? undefined : Math.min(wholeSecond(oldest.stamp) + 1_000, end);
    const changes = latest.filter(({ stamp }) => stamp < end && stamp >= (floor ?? 0)).reverse();
    return { changes, cursor: writeCursor({ stamp: readAt, ...(floor !== undefined && { floor }) }), readAt };
  }
}

/** All rows of a query that fits one page; the org may still give it in several when rows are wide. */
async function onlyPage(channel: Channel, soql: string, object: string): Promise<Pick<QueryPage, 'rows' | 'readAt'>> {
  const rows = [];
  let readAt: number | undefined;
  for await (const page of queryPages(channel, soql, `the changes of ${object}`, 'queryAll')) {
    readAt ??= page.readAt;
    rows.push(...page.rows);
  }
  return { rows, readAt: readAt ?? channel.clock.now() };
}

function toChange(row: Readonly<Record<string, unknown>>, object: string): Change {
  const { Id: id, SystemModstamp: modified, IsDeleted: deleted } = row;
  const stamp = typeof modified === 'string' ? Date.parse(modified) : Number.NaN;
  if (typeof id !== 'string' || Number.isNaN(stamp)) {
    throw new RetryError(`A change of ${object} came without its ID or stamp.`, []);
  }
  return { id, stamp, deleted: deleted === true };
}

function second(milliseconds: number): string {
  return literal(new Date(Math.max(0, wholeSecond(milliseconds))));
}

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000) * 1_000;
}

function writeCursor(place: z.infer<typeof cursorShape>): Cursor {
  return JSON.stringify(place);
}

function readCursor(cursor: Cursor): z.infer<typeof cursorShape> {
  const parsed = cursorShape.safeParse(JSON.parse(cursor));
  if (!parsed.success)
    throw new SettingsError(`"${cursor}" is not a cursor of a Salesforce object.`, [
      'Run a backfill, which starts a new one.',
    ]);
  return parsed.data;
}
