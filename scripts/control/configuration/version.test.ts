import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SettingsError } from '../../engine/index.ts';
import type { Draft } from './schema.ts';
import { drafts } from './testing/drafts.ts';
import { freeze, thaw } from './version.ts';

const org = '00D000000000001EAA';

/** What the platform does to both ends of a text field. */
const stored = (parts: readonly string[]): readonly string[] => parts.map((part) => part.trim());

test('N-09: any draft is the same after it was frozen, stored and read back', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const frozen = freeze(draft, org);
      const read = thaw({ ...frozen, parts: stored(frozen.parts), name: 'V-1' }, org);
      assert.deepEqual(read, { orgId: org, ...draft });
    }),
  );
});

test('the hash does not depend on the order of keys', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const turned: Draft = {
        syncs: draft.syncs.map((sync) => Object.fromEntries(Object.entries(sync).toReversed()) as typeof sync),
        connections: draft.connections,
      };
      assert.equal(freeze(turned, org).hash, freeze(draft, org).hash);
    }),
  );
});

test('a configuration longer than one field is cut where nothing is trimmed or torn', () => {
  const draft = large(1_900, ' 😀 a b');
  const frozen = freeze(draft, org);
  assert.ok(frozen.parts.length > 1);
  for (const part of frozen.parts) {
    assert.ok(part.length <= 131_072);
    assert.equal(part.trim(), part);
    assert.ok(part.isWellFormed());
  }
  assert.deepEqual(thaw({ ...frozen, name: 'V-1' }, org), { orgId: org, ...draft });
});

test('a configuration that no version can hold is refused', () => {
  assert.throws(() => freeze(large(6_000, 'x'), org), SettingsError);
});

test('N-15, K-40: a version that was activated for another org does not run', () => {
  const frozen = freeze(large(1, ''), org);
  assert.throws(
    () => thaw({ ...frozen, name: 'V-1' }, '00D000000000002EAA'),
    /was activated for org 00D000000000001EAA, and this is org 00D000000000002EAA/,
  );
});

test('a version that was edited after its activation does not run', () => {
  const frozen = freeze(large(1, ''), org);
  const parts = frozen.parts.map((part) => part.replace('"include":"all"', '"include":"Id != null"'));
  assert.throws(() => thaw({ ...frozen, parts, name: 'V-1' }, org), /was altered after its activation/);
});

function large(mappings: number, filler: string): Draft {
  return {
    connections: [{ name: 'iterable', system: 'iterable', settings: {} }],
    syncs: [
      {
        name: 'leads',
        connection: 'iterable',
        direction: 'salesforceToSystem',
        salesforceObject: 'Lead',
        systemObject: 'user',
        key: { source: 'Email', target: 'email' },
        include: 'all',
        precedence: 0,
        rules: { create: true, update: true, delete: 'ignore' },
        schedule: { pollSeconds: 60 },
        mappings: Array.from({ length: mappings }, (_, index) => ({
          source: `Field${index}${filler}`.trim(),
          target: `dataFields.a.${'b'.repeat(20)}.${index}`,
          blank: 'keep',
        })),
      },
    ],
  };
}
