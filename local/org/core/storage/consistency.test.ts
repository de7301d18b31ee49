import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addFields, customField, makeFixture, startOfTests, type Fixture } from '../fixture.ts';
import { manualClock, type DmlRequest, type InputRecord } from '../index.ts';

/** One random step by one of two objects' records, which it names by number. */
type Step =
  | {
      readonly kind: 'dml';
      readonly operation: DmlRequest['operation'];
      readonly object: 'Account' | 'Contact';
      readonly picks: readonly Pick[];
      readonly allOrNone: boolean;
    }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'advance'; readonly milliseconds: number };

interface Pick {
  readonly record: number;
  readonly parent: number | null;
  readonly ext: string | null;
  readonly text: string | null;
}

const pick: fc.Arbitrary<Pick> = fc.record({
  record: fc.nat(15),
  parent: fc.option(fc.nat(7)),
  ext: fc.option(fc.constantFrom('a', 'A', 'b', 'c', 'd')),
  text: fc.option(fc.constantFrom('x', 'y')),
});

const dmlStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('dml' as const),
  operation: fc.constantFrom('insert', 'insert', 'update', 'upsert', 'delete', 'undelete', 'hardDelete'),
  object: fc.constantFrom('Account', 'Contact'),
  picks: fc.array(pick, { minLength: 1, maxLength: 4 }),
  allOrNone: fc.boolean(),
});

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: dmlStep },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('delay' as const), milliseconds: fc.constantFrom(0, 0, 1_000, 4_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('advance' as const), milliseconds: fc.constantFrom(300, 1_000, 5_000) }),
  },
);

/** The IDs that were ever made, by object, so that later steps can name them. */
type Known = Record<'Account' | 'Contact', string[]>;

const origin = makeFixture().org;
for (const object of ['Account', 'Contact']) {
  addFields(origin, object, customField('Ext__c', { type: 'string', length: 10, unique: true, externalId: true }));
}

function prepared(): { fixture: Fixture; known: Known } {
  return {
    fixture: makeFixture(origin.fork({ clock: manualClock(startOfTests) })),
    known: { Account: [], Contact: [] },
  };
}

function requestOf(step: Step & { kind: 'dml' }, known: Known): Omit<DmlRequest, 'session'> {
  const records = step.picks.map((choice, index): InputRecord => {
    const id = known[step.object][choice.record % Math.max(1, known[step.object].length)];
    const parent =
      choice.parent === null ? null : (known.Account[choice.parent % Math.max(1, known.Account.length)] ?? null);
    const values = {
      ...(step.object === 'Account'
        ? { Name: `n${index}`, Site: choice.text, ParentId: parent }
        : { LastName: `n${index}`, Title: choice.text, AccountId: parent }),
      Ext__c: choice.ext,
    };
    if (step.operation === 'insert') return values;
    if (step.operation === 'upsert') return { ...values, Ext__c: choice.ext ?? 'z' };
    return step.operation === 'update' ? { ...values, Id: id } : { Id: id };
  });
  return {
    operation: step.operation,
    object: step.object,
    records,
    allOrNone: step.allOrNone,
    ...(step.operation === 'upsert' ? { externalIdField: 'Ext__c' } : {}),
  };
}

function play({ fixture, known }: ReturnType<typeof prepared>, step: Step): void {
  if (step.kind === 'delay') return fixture.org.delayCommits(step.milliseconds);
  if (step.kind === 'advance') return fixture.clock.advance(step.milliseconds);
  const request = requestOf(step, known);
  for (const result of fixture.org.dml({ ...request, session: fixture.session })) {
    if (result.id !== undefined && !known[step.object].includes(result.id)) known[step.object].push(result.id);
  }
}

const columns = {
  Account: 'Id, Name, Site, Ext__c, ParentId, OwnerId, IsDeleted, CreatedDate, LastModifiedDate, SystemModstamp',
  Contact: 'Id, LastName, Title, Ext__c, AccountId, OwnerId, IsDeleted, CreatedDate, LastModifiedDate, SystemModstamp',
} as const;

interface PlainRecord {
  readonly Id: string;
  readonly Ext__c: string | null;
  readonly AccountId?: string | null;
  readonly ParentId?: string | null;
  readonly IsDeleted: boolean;
  readonly SystemModstamp: string;
}

const everything = (fixture: Fixture) => ({
  Account: fixture.query(`SELECT ${columns.Account} FROM Account`, true) as PlainRecord[],
  Contact: fixture.query(`SELECT ${columns.Contact} FROM Contact`, true) as PlainRecord[],
});

/** Every answer that an index gives is what the plain walk over the table gives. */
function checkIndexes(fixture: Fixture, known: Known): void {
  const ids = (rows: readonly unknown[]) => (rows as { Id: string }[]).map(({ Id }) => Id);
  const all = everything(fixture);
  for (const object of ['Account', 'Contact'] as const) {
    const live = all[object].filter((record) => !record.IsDeleted);
    const counted = (everything: boolean, where = '') =>
      fixture.org.prepare(`SELECT COUNT() FROM ${object} ${where}`, fixture.session, { all: everything }).run()
        .totalSize;
    assert.deepEqual([counted(false), counted(true)], [live.length, all[object].length]);
    for (const key of ['a', 'b', 'c', 'd', 'z']) {
      const expected = live.filter((record) => record.Ext__c?.toLowerCase() === key).map(({ Id }) => Id);
      assert.ok(expected.length <= 1, 'unique');
      assert.deepEqual(ids(fixture.query(`SELECT Id FROM ${object} WHERE Ext__c = '${key}'`)), expected);
    }
    for (const id of known[object]) {
      assert.deepEqual(
        ids(fixture.query(`SELECT Id FROM ${object} WHERE Id = '${id}'`)),
        live.filter((record) => record.Id === id).map(({ Id }) => Id),
      );
    }
    const parentField = object === 'Account' ? 'ParentId' : 'AccountId';
    for (const parent of known.Account) {
      const expected = live.filter((record) => record[parentField] === parent).map(({ Id }) => Id);
      assert.deepEqual(ids(fixture.query(`SELECT Id FROM ${object} WHERE ${parentField} = '${parent}'`)), expected);
    }
    const byStamp = all[object].toSorted(
      (left, right) => left.SystemModstamp.localeCompare(right.SystemModstamp) || (left.Id < right.Id ? -1 : 1),
    );
    assert.deepEqual(
      ids(fixture.query(`SELECT Id FROM ${object} ORDER BY SystemModstamp, Id`, true)),
      byStamp.map(({ Id }) => Id),
    );
    const since = 'SystemModstamp >= 2026-01-01T10:00:02Z';
    const late = byStamp.filter((record) => record.SystemModstamp >= '2026-01-01T10:00:02');
    assert.deepEqual(
      ids(fixture.query(`SELECT Id FROM ${object} WHERE ${since} ORDER BY SystemModstamp, Id`, true)),
      late.map(({ Id }) => Id),
    );
    assert.deepEqual(
      ids(fixture.query(`SELECT Id FROM ${object} WHERE ${since} ORDER BY SystemModstamp DESC, Id DESC LIMIT 3`, true)),
      late
        .slice(-3)
        .reverse()
        .map(({ Id }) => Id),
    );
    const lateCounts = [counted(true, `WHERE ${since}`), counted(true, `WHERE ${since} LIMIT 3`)];
    assert.deepEqual(lateCounts, [late.length, Math.min(late.length, 3)]);
  }
}

test('indexes say what the table says, after any DML, committed at once or late', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 25 }), (steps) => {
      const world = prepared();
      for (const step of steps) play(world, step);
      checkIndexes(world.fixture, world.known);
      world.fixture.clock.advance(10_000);
      checkIndexes(world.fixture, world.known);
    }),
    { numRuns: 120 },
  );
});

test('a transaction that is rolled back leaves everything as it was', () => {
  fc.assert(
    fc.property(
      fc.array(dmlStep, { maxLength: 10 }),
      fc.array(dmlStep, { minLength: 1, maxLength: 10 }),
      (before, undone) => {
        const world = prepared();
        const { fixture, known } = world;
        for (const step of before) play(world, step);
        fixture.clock.advance(1_000);
        const expected = everything(fixture);
        let told = 0;
        fixture.org.onCommit(() => told++);
        assert.throws(() =>
          fixture.org.transaction(fixture.session, (dml) => {
            for (const step of undone) if (step.kind === 'dml') dml(requestOf(step, known));
            throw new Error('undo');
          }),
        );
        assert.deepEqual(everything(fixture), expected);
        assert.equal(told, 0);
        checkIndexes(fixture, known);
      },
    ),
    { numRuns: 120 },
  );
});

test('what is told at commits adds up to what is there', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 25 }), (steps) => {
      const world = prepared();
      const { fixture } = world;
      const mirror = new Map<string, Map<string, unknown>>();
      fixture.org.onCommit(({ changes }) => {
        for (const { id, type, changed } of changes) {
          if (type === 'DELETE') mirror.delete(id);
          else mirror.set(id, new Map([...(type === 'UPDATE' ? (mirror.get(id) ?? []) : []), ...changed]));
        }
      });
      for (const step of steps) play(world, step);
      fixture.clock.advance(10_000);
      for (const [object, rows] of Object.entries(everything(fixture))) {
        const live = rows.filter((record) => !record.IsDeleted);
        const mirrored = [...mirror.keys()].filter((id) => fixture.org.schema.objectOfId(id)?.name === object);
        assert.deepEqual(mirrored.sort(), live.map(({ Id }) => Id).sort());
        for (const { Id, IsDeleted: _deleted, SystemModstamp: _stamp, ...values } of live) {
          const told = mirror.get(Id);
          for (const [name, value] of Object.entries(values))
            assert.deepEqual(told?.get(name) ?? null, value, `${object}.${name}`);
        }
      }
    }),
    { numRuns: 120 },
  );
});
