import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { differences } from './difference.ts';
import { drafts, sorted } from './testing/drafts.ts';

test('N-09: a draft does not differ from itself, whatever the order of its lists', () => {
  fc.assert(fc.property(drafts, (draft) => assert.deepEqual(differences(draft, sorted(draft)), [])));
});

test('N-09: what differs one way differs the other way round', () => {
  fc.assert(
    fc.property(drafts, drafts, (left, right) => {
      const there = differences(left, right).map(({ place, from, to }) => ({ place, from: to, to: from }));
      const back = differences(right, left).map(({ place, from, to }) => ({ place, from, to }));
      assert.deepEqual(there, back);
    }),
  );
});

test('one changed value is one difference, at its place', () => {
  const connections = [{ name: 'iterable', system: 'iterable', settings: { region: 'us' } }];
  const changed = [{ name: 'iterable', system: 'iterable', settings: { region: 'eu' } }];
  assert.deepEqual(differences({ connections, syncs: [] }, { connections: changed, syncs: [] }), [
    { place: 'connection iterable · settings · region', from: 'us', to: 'eu' },
  ]);
});
