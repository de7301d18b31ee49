import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CredentialsError, RetryError, WaitError } from '../errors.ts';
import { reasonCodes, reasonTexts, type ReasonCode } from '../reasons/index.ts';
import { syncConfiguration, World, type Engine } from '../testing/index.ts';

type Scene = (world: World) => void | ((engine: Engine, world: World) => Promise<void>);

const person = (world: World, values: Record<string, string | number | null> = {}): void =>
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A', ...values });
const gone =
  (absence: 'deleted' | 'excluded' | 'unreadable' | { mergedInto: string } | { convertedTo: string }): Scene =>
  (world) => {
    person(world);
    return async (engine) => {
      world.source.remove('Person', 'p1', absence);
      await engine.changed('people', 'p1');
      await world.clock.pass(1_000);
    };
  };
const refused =
  (error: (world: World) => WaitError | CredentialsError | RetryError): Scene =>
  (world) => {
    person(world);
    world.target.fate = () => ({ kind: 'refused', error: error(world) });
    world.target.checkCredentials = () => {
      throw new CredentialsError('the key was revoked', []);
    };
  };
const rejected =
  (reason: ReasonCode): Scene =>
  (world) => {
    person(world);
    world.target.answer = () => ({ kind: 'rejected', reason, detail: 'said so' });
  };
const people = (world: World, change: Parameters<typeof syncConfiguration>[1]): void => {
  world.configurations = [syncConfiguration('people', change)];
  person(world);
};
const rules = syncConfiguration('people').rules;

/** One way to each reason; `p1` of the sync people ends with it. */
const scenes: Readonly<Record<ReasonCode, Scene>> = {
  'no-key': (world) => person(world, { Mail: null }),
  'invalid-key': (world) => person(world, { Mail: 'nobody' }),
  'not-included': gone('excluded'),
  'excluded-by-person': (world) => {
    world.excluded.add('people/p1');
    person(world);
  },
  'no-values': (world) => {
    person(world);
    world.source.unmeasured.add('p1');
  },
  'another-record-owns-key': (world) => {
    person(world);
    world.source.save('Person', 'p2', { Mail: 'P1@x.com' });
  },
  superseded: (world) => {
    person(world);
    world.pauses = new Set(['people']);
    return async (engine) => {
      await engine.changed('people', 'p1');
      world.pauses = new Set();
      // Live work that is leased elsewhere still waits.
      await engine.store.lease({ sync: 'people', now: world.clock.now(), milliseconds: 1e9, limit: 1 });
      await world.run(engine.backfill('people'));
    };
  },
  'create-not-allowed': (world) => people(world, { rules: { ...rules, create: false } }),
  'update-not-allowed': (world) => {
    people(world, { rules: { ...rules, update: false } });
    return async (engine) => {
      world.source.save('Person', 'p1', { Name: 'B' }, world.clock.now() + 1_000);
      await world.run(engine.backfill('people'));
    };
  },
  'deleted-in-source': gone('deleted'),
  converted: gone({ convertedTo: 'c1' }),
  merged: gone({ mergedInto: 'p2' }),
  paused: (world) => {
    // Ten others are on their way when the pause comes; p1 is the eleventh.
    for (let index = 20; index < 30; index++) world.source.save('Person', `p${index}`, { Mail: `p${index}@x.com` });
    person(world);
    world.target.latencyMilliseconds = 2_000;
    return async () => {
      world.pauses = new Set(['people']);
      await world.clock.pass(3_000);
    };
  },
  'unanswered-request': (world) => {
    person(world);
    world.target.fate = () => ({ kind: 'unanswered', applied: false });
  },
  'waiting-for-limit': refused((world) => new WaitError('quota', world.clock.now() + 1e8, [])),
  'waiting-for-credentials': refused(() => new CredentialsError('the key was revoked', [])),
  'passing-fault': refused(() => new RetryError('busy', [])),
  'waiting-for-parent': (world) => {
    person(world);
    world.target.answer = () => ({ kind: 'retry', reason: 'waiting-for-parent', detail: 'Account' });
  },
  'schema-changed': (world) => {
    person(world);
    world.target.answer = () => ({ kind: 'retry', reason: 'schema-changed', detail: 'Name' });
  },
  unreadable: gone('unreadable'),
  'value-not-mappable': (world) => {
    people(world, { mappings: [{ source: 'Name', target: 'size', transform: 'number', blank: 'keep' }] });
  },
  'value-not-allowed': rejected('value-not-allowed'),
  'rejected-invalid-key': rejected('rejected-invalid-key'),
  'rejected-type-mismatch': rejected('rejected-type-mismatch'),
  'rejected-not-found': rejected('rejected-not-found'),
  'rejected-conflict': rejected('rejected-conflict'),
  'rejected-duplicate': rejected('rejected-duplicate'),
  'rejected-forgotten': rejected('rejected-forgotten'),
  'rejected-too-many-fields': rejected('rejected-too-many-fields'),
  'record-too-large': (world) => person(world, { Name: 'x'.repeat(20_000) }),
  'not-allowed': (world) => {
    world.writeLimits = { mayWrite: (_object, path) => path !== 'data.name', existingOnly: () => false };
    person(world);
  },
  'rejected-by-target': rejected('rejected-by-target'),
  'retries-exhausted': (world) => {
    person(world);
    world.target.answer = () => ({ kind: 'retry', reason: 'passing-fault', detail: 'locked' });
    return async () => world.clock.pass(2 * 86_400_000);
  },
};

for (const code of reasonCodes) {
  test(`N-04: the reason "${code}" is reached, with its outcome and its count`, async () => {
    const world = new World();
    const then = scenes[code](world);
    const engine = await world.engine();
    // Time is stopped before the run ends: what is held has to be seen held.
    if (code !== 'superseded') engine.backfill('people').catch((error: unknown) => world.died.push(error));
    await world.clock.pass(1_500);
    await then?.(engine, world);
    const row = world.disk.rows.get('people')?.get('p1');
    assert.equal(row?.reason, code);
    assert.equal(row?.outcome, reasonTexts[code].outcome);
    const run = world.disk.runs.get(row?.run ?? '');
    assert.equal(run?.reasons[code], 1, JSON.stringify(run));
    assert.deepEqual(world.died, []);
  });
}
