import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { createLocalOrg, manualClock } from '../../../local/org/index.ts';
import type { Clock, SyncConfiguration } from '../../engine/index.ts';
import { checkRights, connectSalesforce, loginByAccessToken, type Salesforce } from '../index.ts';

const start = Date.parse('2026-11-21T10:00:00Z');
const blank = createLocalOrg({ clock: manualClock(start) });

const outward: SyncConfiguration = {
  name: 'contacts',
  connection: 'iterable',
  direction: 'salesforceToSystem',
  salesforceObject: 'Contact',
  systemObject: 'user',
  key: { source: 'Email', target: 'email' },
  include: 'all',
  precedence: 0,
  rules: { create: true, update: true, delete: 'ignore' },
  schedule: { pollSeconds: 60 },
  mappings: ['Email', 'Account.Industry', 'Owner.Name'].map((source) => ({ source, target: source, blank: 'keep' })),
};
const inward: SyncConfiguration = {
  ...outward,
  name: 'scores',
  direction: 'systemToSalesforce',
  salesforceObject: 'Lead',
  key: { source: 'id', target: 'Id' },
  rules: { create: false, update: true, delete: 'ignore' },
  mappings: [{ source: 'score', target: 'Rating', blank: 'keep' }],
};

/** A fork of the org as an administrator and as the integration user see it; asks anew each time. */
function seats() {
  const org = blank.fork({ clock: manualClock(start) });
  const clock: Clock = { now: () => start, sleep: async () => undefined };
  const as = (userId: string): Salesforce => {
    const login = loginByAccessToken({ accessToken: org.issueToken(userId), instanceUrl: 'http://127.0.0.1' });
    return connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  };
  const { adminUserId, integrationUserId } = org.core;
  const check = (syncs: readonly SyncConfiguration[]) =>
    checkRights(syncs, as(adminUserId).describer, as(integrationUserId).describer);
  const give = (files: ReadonlyMap<string, string>): void => {
    const zip = zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])));
    assert.deepEqual(org.deployPackage(zip).details.componentFailures, []);
    org.assignPermissionSet('Plumbline_Syncs', integrationUserId);
  };
  return { check, give };
}

test('N-11: what the integration user lacks is told in sentences, and the permission set made of it gives just that', async () => {
  const { check, give } = seats();
  const { missing, files } = await check([outward, inward]);
  const told = missing.map(({ object, field, right }) => `${object}${field ? `.${field}` : ''} ${right}`);
  for (const needed of ['Contact read', 'Contact.Email read', 'Account.Industry read', 'Lead edit', 'Lead.Rating edit'])
    assert.ok(told.includes(needed), `${needed} among ${told.join(', ')}`);
  assert.ok(!told.some((right) => /delete|create/.test(right)));
  assert.ok(missing.some(({ sentence }) => sentence === 'The integration user may not change Lead records (Lead).'));
  give(files);
  assert.deepEqual((await check([outward, inward])).missing, []);
});

test('N-11, K-08: one field without its right is found and named, though it is absent from the describe', async () => {
  const { check, give } = seats();
  const { files } = await check([outward]);
  const withoutEmail = new Map(
    [...files].map(([path, text]) => [
      path,
      text.replace(
        / *<fieldPermissions>(?:(?!<\/fieldPermissions>)[^])*Contact\.Email<[^]*?<\/fieldPermissions>\n/,
        '',
      ),
    ]),
  );
  assert.notDeepEqual(withoutEmail, files);
  give(withoutEmail);
  const { missing } = await check([outward]);
  assert.deepEqual(
    missing.map(({ sentence }) => sentence),
    ['The integration user may not read the field Email of Contact (Contact.Email).'],
  );
});

test('P-17, P-18: a pull needs Read on object and fields, a push Edit on both beside it, and neither more', async () => {
  const { check } = seats();
  const told = async (sync: SyncConfiguration): Promise<readonly string[]> =>
    (await check([sync])).missing.map(({ object, field, right }) => `${object}${field ? `.${field}` : ''} ${right}`);
  const mapped = { salesforceObject: 'Contact', key: { source: 'Email', target: 'email' } };
  const pull = await told({ ...outward, ...mapped, mappings: [{ source: 'Title', target: 't', blank: 'keep' }] });
  assert.deepEqual(pull.toSorted(), ['Contact read', 'Contact.Email read', 'Contact.Title read']);
  const key = { source: 'id', target: 'Email' };
  const push = await told({
    ...inward,
    salesforceObject: 'Contact',
    key,
    mappings: [{ source: 't', target: 'Title', blank: 'keep' }],
  });
  assert.deepEqual(push.toSorted(), ['Contact edit', 'Contact read', 'Contact.Email read', 'Contact.Title edit']);
});
