import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseConfiguration } from '../control/index.ts';
import { defaultSyncs } from '../systems/iterable/index.ts';
import { defaultSyncs as pendoSyncs } from '../systems/pendo/index.ts';
import { requireRunnable } from './runnable.ts';
import { systems } from './systems.ts';

function read(name: string): ReturnType<typeof parseConfiguration> {
  const file = fileURLToPath(new URL(`../../config/syncs/${name}.yaml`, import.meta.url));
  return parseConfiguration(readFileSync(file, 'utf8'), file);
}

const draft = read('iterable');
const pendoDraft = read('pendo');

test('I-01, I-14, I-28: the default file holds the syncs that Iterable starts with, under shorter names', () => {
  const started = defaultSyncs('iterable').map((sync) => ({ ...sync, name: sync.name.replace(/^iterable-/, '') }));
  assert.deepEqual(draft.syncs, started);
});

test("P-11: Pendo's file holds the syncs that it starts with, under shorter names", () => {
  const started = pendoSyncs('pendo').map((sync) => ({ ...sync, name: sync.name.replace(/^pendo-/, '') }));
  assert.deepEqual(pendoDraft.syncs, started);
});

test('the default files are ones that a worker can run', () => {
  requireRunnable(draft);
  requireRunnable(pendoDraft);
  for (const connection of [...draft.connections, ...pendoDraft.connections])
    systems.system(connection.system).checkSettings(connection);
});

test('a mapping that cannot be compiled and a key that nothing writes are refused together', () => {
  const [lead] = draft.syncs;
  assert.ok(lead);
  const wrong = {
    ...lead,
    mappings: [
      { source: 'Email', target: 'email.address', blank: 'keep' },
      { source: 'Id', target: 'email', transform: 'twist', blank: 'keep' },
    ],
  } as const;
  assert.throws(() => requireRunnable({ ...draft, syncs: [wrong] }), /twist[^]*no mapping writes the key/);
});

test('P-09, P-21: a push without its pull, or to another object, is refused before it is activated', () => {
  const syncs = pendoDraft.syncs.filter(({ name }) => name !== 'accounts');
  assert.throws(
    () => requireRunnable({ ...pendoDraft, syncs }),
    /sync usage: no sync pulls into the Accounts of Pendo yet/,
  );
});
