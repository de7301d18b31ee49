import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../scripts/store/index.ts';

/** In memory where the system has a place for that: what is asked to survive a loss of power costs time elsewhere. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let template: Promise<string> | undefined;

/** A new folder with an empty store in `store.sqlite`; all have the same ID. The caller removes it. */
export async function newStoreFolder(): Promise<string> {
  template ??= makeTemplate();
  const from = await template;
  const folder = mkdtempSync(join(place, 'plumbline-faults-'));
  copyFileSync(join(from, 'store.sqlite'), join(folder, 'store.sqlite'));
  return folder;
}

/** Migrated once in a process. */
async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(place, 'plumbline-faults-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'store.sqlite');
  await (await openStore({ file, makeId: () => 'the-store', clock: { now: () => 0 } })).close();
  return folder;
}
