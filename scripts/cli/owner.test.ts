import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { ownerLives, ownName } from './owner.ts';

test('an owner lives while its process does; one on another machine is taken to live', () => {
  assert.equal(ownerLives(ownName()), true);
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  assert.equal(ownerLives(`${hostname()}:${gone}:x`), false);
  assert.equal(ownerLives(`another-machine:${gone}:x`), true);
});
