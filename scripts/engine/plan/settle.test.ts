import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordRow } from '../ports/index.ts';
import { blankRow } from '../testing/index.ts';
import type { Candidate } from './candidate.ts';
import { Settlement } from './settle.ts';

const version = { own: 1_000, parents: 0 };

/** The change settles a record that a full read holds; its work names `run`. */
function settled(run: string): readonly unknown[] {
  const held: RecordRow = {
    ...blankRow,
    sync: 'people',
    source: 'p',
    version,
    keySpace: 'mail/user',
    precedence: 1,
    outcome: 'held',
    reason: 'waiting-for-credentials',
    run: 'backfill',
    bulkRun: 'backfill',
    entrance: 'bulk',
    settledAt: 0,
  };
  const deleted: Candidate = {
    policy: {
      name: 'people',
      keySpace: 'mail/user',
      precedence: 1,
      election: 'latest',
      rules: { create: true, update: true, delete: 'ignore' },
      door: { leaving: () => undefined },
      announcedAs: undefined,
    },
    source: 'p',
    version,
    entrance: 'live',
    run,
    liveRun: 'live',
    claimedAt: 0,
    key: undefined,
    json: '',
    hash: '',
    reason: 'deleted-in-source',
    detail: undefined,
    forget: false,
    work: { sync: 'people', source: 'p', urgency: 0, dueAt: 0, cause: 'changed', sequence: 1, attempts: 0 },
    ticket: undefined,
  };
  const settlement = new Settlement(5);
  settlement.settle({
    candidate: deleted,
    previous: held,
    verdict: { kind: 'settle', outcome: 'skipped', reason: 'deleted-in-source', detail: undefined, delivered: false },
    createdIn: undefined,
    losers: [],
    displaced: undefined,
    elected: undefined,
    regained: false,
  });
  const { rows = [], runDeltas = [] } = settlement.commit();
  return [...runDeltas.map(({ run, counts }) => ({ run, counts })), rows[0]?.run, rows[0]?.bulkRun];
}

test('N-05: a record that a full read holds, and that a later change settles, moves in the counts of the full read', () => {
  for (const run of ['live', 'live of the hour before', 'a later full read'])
    assert.deepEqual(
      settled(run),
      [{ run: 'backfill', counts: { held: -1, skipped: 1 } }, 'backfill', 'backfill'],
      run,
    );
});
