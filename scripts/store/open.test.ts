import assert from 'node:assert/strict';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { LeaseLostError, SettingsError } from '../engine/index.ts';
import { openStore } from './index.ts';
import { newFolder } from './testing/index.ts';

const newFile = (): string => join(newFolder(), 'deep', 'store.db');

test('the store and its log are readable by their owner only, even when the file was not', async () => {
  const file = newFile();
  await (await openStore({ file })).close();
  chmodSync(file, 0o644);
  const store = await openStore({ file });
  await store.acquire('worker', 0, 1_000);
  for (const name of [file, `${file}-wal`]) assert.equal(statSync(name).mode & 0o777, 0o600, name);
  await store.close();
});

test('the lease of an owner that is certainly no more is taken at once, that of a living one is not', async () => {
  const file = newFile();
  const killed = await openStore({ file });
  await killed.acquire('killed', 0, 1_000);
  const next = await openStore({ file, lives: (owner) => owner !== 'killed' });
  await next.acquire('next', 1, 1_000);
  await assert.rejects(killed.renew(2, 1_000), LeaseLostError);
  const other = await openStore({ file, lives: (owner) => owner !== 'killed' });
  await assert.rejects(other.acquire('other', 3, 1_000), /in use by next until/);
  for (const store of [killed, next, other]) await store.close();
});

test('a store keeps its ID', async () => {
  const file = newFile();
  const store = await openStore({ file, makeId: () => 'first' });
  await store.close();
  const again = await openStore({ file, makeId: () => 'second' });
  assert.equal(again.id, 'first');
  await again.close();
});

test('a file of a newer Plumbline is refused and left as it is', async () => {
  const file = newFile();
  await (await openStore({ file })).close();
  const database = new DatabaseSync(file);
  database.exec("insert into schema_version values (9001, '9001-later.sql', 0)");
  database.close();
  await assert.rejects(openStore({ file }), (error) => {
    assert.ok(error instanceof SettingsError);
    assert.match(error.message, /made by a newer Plumbline: its schema is 9001, this one knows 3/);
    assert.deepEqual(error.actions, ['Update Plumbline, or name another file for the store.']);
    return true;
  });
});

test('a file that is no store is refused', async () => {
  const text = newFile();
  await (await openStore({ file: text })).close();
  writeFileSync(text, 'a letter to a friend, long enough to be no header of a database at all'.repeat(20));
  await assert.rejects(openStore({ file: text }), { name: 'SettingsError', message: /is not a Plumbline store/ });

  const foreign = join(newFolder(), 'foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('create table recipe (name text)');
  database.close();
  await assert.rejects(openStore({ file: foreign }), {
    name: 'SettingsError',
    message: /a database of another program/,
  });
});

test('a place that cannot be written to is named', async () => {
  const file = newFile();
  await (await openStore({ file })).close();
  const beneath = join(file, 'store.db');
  await assert.rejects(openStore({ file: beneath }), (error) => {
    assert.ok(error instanceof SettingsError);
    assert.ok(error.message.includes(beneath), error.message);
    return true;
  });
});
