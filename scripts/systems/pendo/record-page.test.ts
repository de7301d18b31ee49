import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncConfiguration } from '../../engine/index.ts';
import { createTestWorld } from '../kit/testing/index.ts';
import { defaultSyncs, pendo } from './index.ts';

const [sync] = defaultSyncs('usage') as [SyncConfiguration];
const world = createTestWorld(() => assert.fail('a page is not asked for'));

function pageOf(
  of: Partial<SyncConfiguration>,
  record: string,
  held?: unknown,
  settings: Readonly<Record<string, unknown>> = { region: 'eu' },
  baseUrl?: string,
): unknown {
  const ends = pendo.connect({ name: 'usage', system: 'pendo', settings }, { ...world, baseUrl: () => baseUrl });
  return ends.recordPage?.({ ...sync, ...of }, record, held)?.address;
}

test('an account or visitor is opened by its ID in the app of its region', () => {
  const out = { direction: 'salesforceToSystem', systemObject: 'account' } as const;
  const key = { source: 'Id', target: 'accountId' };
  assert.equal(pageOf({ ...out, key }, 'a/1'), 'https://app.eu.pendo.io/account/a%2F1');
  const report = { direction: 'systemToSalesforce', systemObject: 'visitor-report/Use' } as const;
  assert.equal(pageOf(report, 'v1'), 'https://app.eu.pendo.io/visitor/v1');
});

test('a record that a metadata field tells apart is opened by the ID that Pendo says of it', () => {
  const key = { source: 'Id', target: 'custom.sfid' };
  const of = { direction: 'salesforceToSystem', systemObject: 'account', key } as const;
  assert.equal(pageOf(of, '001', { accountId: 'acme' }), 'https://app.eu.pendo.io/account/acme');
  assert.equal(pageOf(of, '001'), undefined);
});

test('the settings say another address; at another host than Pendo’s own none is known', () => {
  const key = { source: 'Id', target: 'accountId' };
  const of = { direction: 'salesforceToSystem', systemObject: 'account', key } as const;
  const recordPage = 'https://app.pendo.io/s/17/{kind}s/{id}';
  assert.equal(pageOf(of, 'a1', undefined, { recordPage }), 'https://app.pendo.io/s/17/accounts/a1');
  assert.equal(pageOf(of, 'a1', undefined, {}, 'http://127.0.0.1:8080'), undefined);
});
