import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, MakeId } from '../engine/index.ts';
import { changesKept } from './claims.ts';
import { storeError } from './errors.ts';
import { Flush } from './flush.ts';
import { migrate } from './migrate.ts';
import type { SharedFill } from './shared-fill.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Bounds the memory that the store takes, whatever the size of the file; beyond it the system's page cache helps. */
const cacheKibibytes = 16 * 1024;

/**
 * Pages in the log before they are moved into the file (16 MB). The store stands still meanwhile: with four times as many
 * for 140 ms, and the planner waited for it. A quarter as many are no quicker.
 */
const checkpointPages = 4_096;

/** How long a statement waits for another process that is writing, in milliseconds. */
const busyMilliseconds = 5_000;

/**
 * Opens the store in `file`, which is made (mode 0600, with its folder) when it is not there. Throws `SettingsError` when
 * the file cannot be the store of this Plumbline.
 *
 * - `clock` dates failed attempts and migrations, `makeId` gives a new store its ID.
 * - `lives` tells whether the owner of a lease may still be at work: the lease of one that cannot be is taken at once, so
 *   that a worker that was killed can be started again.
 * - `claimChangesKept`: how many changes of claims are kept in memory, of 150 bytes each.
 * - `sharedFill`: where another thread looks what a first fill is known to hold.
 * - `flushes`: what must survive a loss of power waits for the disk. A seeded schedule, which only kills, waits for none.
 */
export async function openStore(options: {
  readonly file: string;
  readonly clock?: Pick<Clock, 'now'>;
  readonly makeId?: MakeId;
  readonly lives?: (owner: string) => boolean;
  readonly claimChangesKept?: number;
  readonly flushes?: boolean;
  readonly sharedFill?: SharedFill;
}): Promise<SqliteStore> {
  const {
    clock = Date,
    makeId = randomUUID,
    lives = () => true,
    claimChangesKept = changesKept,
    flushes = false,
    sharedFill,
  } = options;
  const file = resolve(options.file);
  let database: DatabaseSync | undefined;
  try {
    makePrivate(file);
    database = new DatabaseSync(file, { timeout: busyMilliseconds });
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = normal;
      pragma wal_autocheckpoint = ${checkpointPages};
      pragma cache_size = -${cacheKibibytes};
    `);
    migrate(database, file, clock.now());
    const flush = flushes ? new Flush(file) : noFlush;
    const id = identify(database, makeId);
    return new SqliteStore(database, file, { id, clock, lives, claimChangesKept, flush, sharedFill });
  } catch (error) {
    database?.close();
    throw storeError(error, file);
  }
}

const noFlush: Pick<Flush, 'flushed' | 'close'> = { flushed: async () => undefined, close: async () => undefined };

/** Before SQLite opens it: its log takes the file's mode. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

function identify(database: DatabaseSync, makeId: MakeId): string {
  const add = database.prepare('insert or ignore into store values (1, ?, null, 0, 0, 0)');
  if (!database.prepare('select id from store').get()) add.run(makeId());
  return String(database.prepare('select id from store').get()?.['id']);
}
