import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldDefinition, RollUp } from '../contract/index.ts';
import { addFields, addObjects, customField, customObject, makeFixture } from '../fixture.ts';

const master = (to: string, list: string): FieldDefinition =>
  customField(to, {
    type: 'reference',
    referenceTo: [to],
    required: true,
    nillable: false,
    deleteConstraint: 'Cascade',
    childRelationshipName: list,
  });
const summary = (name: string, roll: Omit<RollUp, 'detail' | 'by' | 'filter'> & Partial<RollUp>, type = 'double') =>
  customField(name, {
    type: type as FieldDefinition['type'],
    precision: 18,
    scale: 2,
    calculated: true,
    createable: false,
    updateable: false,
    summary: { detail: 'Part__c', by: 'Thing__c', filter: [], ...roll },
  });

function setUp() {
  const made = makeFixture();
  addObjects(
    made.org,
    customObject('Top__c', []),
    customObject('Thing__c', [master('Top__c', 'Things__r')]),
    customObject('Part__c', [
      master('Thing__c', 'Parts__r'),
      customField('Price__c', { type: 'double', precision: 10, scale: 2 }),
      customField('Kind__c', { type: 'string', length: 10 }),
    ]),
  );
  addFields(
    made.org,
    'Thing__c',
    summary('Count__c', { operation: 'count' }),
    summary('Sum__c', {
      operation: 'sum',
      field: 'Price__c',
      filter: [{ field: 'Kind__c', operation: 'equals', values: ['a', 'b'] }],
    }),
    summary('Least__c', { operation: 'min', field: 'Price__c' }),
    summary('Most__c', { operation: 'max', field: 'Price__c' }),
  );
  addFields(
    made.org,
    'Top__c',
    summary('All__c', { operation: 'sum', field: 'Count__c', detail: 'Thing__c', by: 'Top__c' }),
  );
  const [top = ''] = made.insert('Top__c', {});
  const [one = '', two = ''] = made.insert('Thing__c', { Top__c: top }, { Top__c: top });
  return { ...made, top, one, two };
}

test('roll-up summaries follow every write of their details, and of details of details', () => {
  const { insert, dml, query, top, one, two } = setUp();
  const rolled = () => query('SELECT Count__c, Sum__c, Least__c, Most__c FROM Thing__c ORDER BY Id');
  const none = { Count__c: 0, Sum__c: 0, Least__c: null, Most__c: null };
  assert.deepEqual(rolled(), [none, none]);
  const part = (Price__c: number | null, Kind__c = 'a', Thing__c = one) => ({ Thing__c, Price__c, Kind__c });
  const [first, second, third] = insert('Part__c', part(1.1), part(2.2, 'B'), part(-3, 'c'));
  assert.deepEqual(rolled(), [{ Count__c: 3, Sum__c: 3.3, Least__c: -3, Most__c: 2.2 }, none]);
  assert.deepEqual(query(`SELECT All__c FROM Top__c WHERE Id = '${top}'`), [{ All__c: 3 }]);
  dml('update', 'Part__c', { Id: third, Price__c: null, Kind__c: 'a' });
  dml('delete', 'Part__c', { Id: second });
  assert.deepEqual(rolled(), [{ Count__c: 2, Sum__c: 1.1, Least__c: 1.1, Most__c: 1.1 }, none]);
  dml('undelete', 'Part__c', { Id: second });
  dml('update', 'Part__c', { Id: first, Thing__c: two });
  const left = { Count__c: 2, Sum__c: 2.2, Least__c: 2.2, Most__c: 2.2 };
  assert.deepEqual(rolled(), [left, { Count__c: 1, Sum__c: 1.1, Least__c: 1.1, Most__c: 1.1 }]);
  dml('delete', 'Thing__c', { Id: two });
  assert.deepEqual(query('SELECT All__c FROM Top__c'), [{ All__c: 2 }]);
});

test('they cannot be written, are told as calculated, and are worked out for records that are there', () => {
  const { org, insert, dml, query, session, one } = setUp();
  insert('Part__c', { Thing__c: one, Price__c: 5 });
  const [refused] = dml('update', 'Thing__c', { Id: one, Count__c: 9 });
  assert.equal(refused?.errors[0]?.statusCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
  addFields(org, 'Thing__c', summary('Later__c', { operation: 'sum', field: 'Price__c' }));
  assert.deepEqual(query(`SELECT Later__c FROM Thing__c WHERE Id = '${one}'`), [{ Later__c: 5 }]);
  const fields = org.schema.describe('Thing__c', session)['fields'] as Record<string, unknown>[];
  const told = fields.find(({ name }) => name === 'Later__c');
  assert.deepEqual([told?.['calculated'], told?.['createable'], told?.['type']], [true, false, 'double']);
});

test('a master held by another transaction locks its details', () => {
  const { org, dml, clock, one } = setUp();
  org.delayCommits(1_000);
  dml('update', 'Thing__c', { Id: one, Name: 'held' });
  const [refused] = dml('insert', 'Part__c', { Thing__c: one });
  assert.equal(refused?.errors[0]?.statusCode, 'UNABLE_TO_LOCK_ROW');
  clock.advance(1_000);
});

test('what an org refuses to roll up is refused, naming the field', () => {
  const { org } = setUp();
  const refuse = (roll: Parameters<typeof summary>[1], message: RegExp, type?: string) =>
    assert.throws(() => addFields(org, 'Thing__c', summary('Bad__c', roll, type)), { message });
  refuse({ operation: 'sum', field: 'Kind__c' }, /^Thing__c\.Bad__c: a string field cannot be summarized by sum$/);
  refuse({ operation: 'sum', field: 'No__c' }, /no CustomField named Part__c\.No__c found/);
  refuse({ operation: 'count', by: 'Kind__c' }, /is no master-detail relationship to Thing__c/);
  refuse({ operation: 'count', detail: 'Contact', by: 'AccountId' }, /is no master-detail relationship/);
  refuse({ operation: 'max', field: 'Price__c' }, /of that type, not date/, 'date');
});

test('after any writes a summary is what its details say', () => {
  const base = setUp();
  const step = fc.record({
    act: fc.constantFrom('insert', 'update', 'delete', 'undelete', 'move'),
    at: fc.nat(5),
    price: fc.integer({ min: -9, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { dml, query, one, two } = base;
      for (const { act, at, price } of steps) {
        const rows = query('SELECT Id, Thing__c, IsDeleted FROM Part__c ORDER BY Id', true) as Record<string, string>[];
        const Id = rows[at % Math.max(1, rows.length)]?.['Id'];
        if (act === 'insert') dml('insert', 'Part__c', { Thing__c: at % 2 ? one : two, Price__c: price, Kind__c: 'a' });
        else if (act === 'update') dml('update', 'Part__c', { Id, Price__c: price });
        else if (act === 'move') dml('update', 'Part__c', { Id, Thing__c: at % 2 ? one : two });
        else dml(act, 'Part__c', { Id });
      }
      for (const id of [one, two]) {
        const prices = (query(`SELECT Price__c FROM Part__c WHERE Thing__c = '${id}'`) as { Price__c: number }[]).map(
          (row) => row.Price__c,
        );
        const [told] = query(`SELECT Count__c, Sum__c, Least__c, Most__c FROM Thing__c WHERE Id = '${id}'`);
        assert.deepEqual(told, {
          Count__c: prices.length,
          Sum__c: prices.reduce((sum, each) => sum + each, 0),
          Least__c: prices.length === 0 ? null : Math.min(...prices),
          Most__c: prices.length === 0 ? null : Math.max(...prices),
        });
      }
    }),
    { numRuns: 30 },
  );
});
