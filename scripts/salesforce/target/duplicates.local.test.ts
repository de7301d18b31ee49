import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg, manualClock } from '../../../local/org/index.ts';
import type { Clock, Delivery, SyncConfiguration } from '../../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from '../index.ts';

const orgClock = manualClock(Date.parse('2026-11-21T10:00:00Z'));
const clock: Clock = { now: () => orgClock.now(), sleep: () => Promise.resolve() };
const blank = createLocalOrg({ clock: orgClock });
const noChange = { objects: [], fields: [], removedObjects: [], removedFields: [] };

const text = blank.core.schema.object('Contact')?.fields.get('Department');
assert.ok(text);
const key = { ...text, name: 'Ext__c', label: 'Ext', custom: true, externalId: true, unique: true };
const items = [{ field: 'LastName', blanksMatch: false }];
const matches = [{ object: 'Contact', rule: 'Name', fields: new Map<string, string>() }];
const alike = {
  ...{ name: 'Twins', label: 'Twins', active: true, sortOrder: 1, enforcesSharing: false, matches },
  ...({ onInsert: 'alert', onUpdate: 'pass' } as const),
};
// Contacts of one last name are alike; who saves one is told so.
blank.core.applySchema({
  ...noChange,
  fields: [{ object: 'Contact', field: key }],
  matchingRules: [{ object: 'Contact', rule: { name: 'Name', label: 'Name', active: true, items } }],
  duplicateRules: [{ object: 'Contact', rule: alike }],
});

/** An org with so many contacts named Twin, and a target of it. */
function withTwins(duplicates: 'block' | 'allow' | 'link', count = 1) {
  const org = blank.fork();
  const accessToken = org.issueToken(org.core.adminUserId);
  const session = { userId: org.core.adminUserId, token: '', origin: 'test', allowsDuplicates: true };
  const records = Array.from({ length: count }, () => ({ LastName: 'Twin' }));
  const made = org.core.dml({ operation: 'insert', object: 'Contact', records, allOrNone: true, session });
  const login = loginByAccessToken({ accessToken, instanceUrl: 'http://127.0.0.1' });
  const salesforce = connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  const sync: SyncConfiguration = {
    ...{ name: 'in', connection: 'pendo', salesforceObject: 'Contact', systemObject: 'visitor', include: 'all' },
    direction: 'systemToSalesforce',
    key: { source: 'id', target: 'Ext__c' },
    precedence: 0,
    rules: { create: true, update: true, delete: 'ignore', duplicates },
    schedule: { pollSeconds: 60 },
    mappings: ['Ext__c', 'LastName', 'Title'].map((target) => ({ source: target, target, blank: 'keep' })),
  };
  const target = salesforce.targetOf(sync, undefined);
  const json = JSON.stringify({ Ext__c: 'k1', LastName: 'Twin', Title: 'new' });
  return {
    ids: made.map(({ id }) => id),
    async send(): Promise<Delivery | undefined> {
      const result = await target.send(
        'Contact',
        [{ key: 'k1', action: 'upsert', json }],
        'bulk',
        async () => undefined,
      );
      assert.equal(result.kind, 'answered', JSON.stringify(result));
      return result.kind === 'answered' ? result.deliveries[0] : undefined;
    },
    rows: () =>
      org.core
        .prepare('SELECT Id, Ext__c, Title FROM Contact', session)
        .run()
        .rows.map((row) => [...row.values.values()]),
  };
}

test('K-22: a record that a duplicate rule of the org stops fails, and names what it is like', async () => {
  const { send, ids, rows } = withTwins('block');
  assert.deepEqual(await send(), { kind: 'rejected', reason: 'rejected-duplicate', detail: `it is like ${ids[0]}` });
  assert.equal(rows().length, 1);
});

test('K-22: it is saved all the same where the sync says so', async () => {
  const { send, rows } = withTwins('allow');
  assert.equal((await send())?.kind, 'delivered');
  assert.equal(rows().length, 2);
});

test('K-22: it becomes the one record that it is like, and none where it is like several', async () => {
  const one = withTwins('link');
  assert.equal((await one.send())?.kind, 'delivered');
  assert.deepEqual(one.rows(), [[one.ids[0], 'k1', 'new']]);
  const several = withTwins('link', 2);
  assert.equal((await several.send())?.kind, 'rejected');
  assert.deepEqual(
    several.rows().map(([, ext]) => ext),
    [null, null],
  );
});
