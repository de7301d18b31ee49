import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addObjects, customField, customObject, makeFixture } from '../fixture.ts';

const fields = [
  customField('Command__c', { type: 'string', length: 18, required: true }),
  customField('Count__c', { type: 'double', precision: 8, scale: 0 }),
];

test('publishing answers the UUID, stores nothing, and tells the event after the commit', () => {
  const { org, dml } = makeFixture();
  addObjects(org, customObject('Doorbell__e', fields, { publishBehavior: 'PublishAfterCommit' }));
  const told: unknown[] = [];
  org.onCommit(({ events, changes }) => told.push({ events, changes }));
  const [ok, missing] = dml('insert', 'Doorbell__e', { Command__c: 'c1', Count__c: '3' }, { Count__c: 1 });
  assert.equal(ok?.success, true);
  assert.equal(ok?.errors[0]?.statusCode, 'OPERATION_ENQUEUED');
  assert.equal(missing?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  const values = new Map<string, unknown>([
    ['Command__c', 'c1'],
    ['Count__c', 3],
    ['CreatedDate', '2026-01-01T10:00:00.000+0000'],
    ['CreatedById', org.adminUserId],
  ]);
  assert.deepEqual(told, [{ changes: [], events: [{ object: 'Doorbell__e', uuid: ok?.errors[0]?.message, values }] }]);
  assert.throws(() => dml('update', 'Doorbell__e', {}), { errorCode: 'INVALID_OPERATION' });
});

test('a rolled back transaction keeps back what is published after the commit, and not what is published at once', () => {
  const { org, session } = makeFixture();
  addObjects(
    org,
    customObject('Later__e', fields, { publishBehavior: 'PublishAfterCommit' }),
    customObject('Now__e', fields, { publishBehavior: 'PublishImmediately' }),
  );
  const told: string[] = [];
  org.onCommit(({ events }) => told.push(...events.map(({ object }) => object)));
  assert.throws(() =>
    org.transaction(session, (dml) => {
      for (const object of ['Later__e', 'Now__e'])
        dml({ operation: 'insert', object, records: [{ Command__c: 'x' }], allOrNone: false });
      throw new Error('stop');
    }),
  );
  assert.deepEqual(told, ['Now__e']);
});
