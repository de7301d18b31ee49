import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { createLocalOrg, listen } from '../index.ts';
import type { ListeningOrg } from '../index.ts';
import { makeCertificate } from '../pubsub/index.ts';

interface Layouts {
  readonly layouts: readonly {
    readonly buttonLayoutSection: object | null;
    readonly detailLayoutSections: unknown;
    readonly editLayoutSections: unknown;
    readonly quickActionList: { readonly quickActionListItems: unknown };
  }[];
  readonly recordTypeMappings: unknown;
  readonly recordTypeSelectorRequired: unknown;
}

interface Plan {
  readonly cardinality: number;
  readonly sobjectCardinality: number;
  readonly leadingOperationType: string;
}

interface View {
  readonly id: string;
  readonly describeUrl: string;
  readonly soqlCompatible: boolean;
}

/** Addresses as an org tells them to who asks over TLS. */
function overTls(urls: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, url.replace(/^http:/, 'https:')]));
}

/** What jsforce's own published tests ask of an org beside records and Bulk, in short tests of this project. */
describe('what jsforce asks an org about itself', () => {
  let http: ListeningOrg;
  let connection: Connection;

  before(async () => {
    const org = createLocalOrg();
    http = await listen(org, 0);
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-jsforce-'));
    after(() => rmSync(folder, { recursive: true }));
    const made = await makeCertificate(folder);
    http.secure(made);
    // As NODE_EXTRA_CA_CERTS does for a process of its own.
    setDefaultCACertificates([...getCACertificates('default'), made.certificate.toString()]);
    const accessToken = org.issueToken(org.core.adminUserId);
    connection = new jsforce.Connection({ instanceUrl: http.instanceUrl, accessToken, version: '66.0' });
    const account = await connection.sobject('Account').create({ Name: 'Big' });
    assert.ok(account.success);
    await connection.sobject('Contact').create({ FirstName: 'A', LastName: 'B', AccountId: account.id });
    const deal = { Name: 'Deal', AccountId: account.id, StageName: 'Prospecting', CloseDate: '2026-12-24' };
    await connection.sobject('Opportunity').create(deal);
  });
  after(() => http.close());

  test('find, count, sort by a parent, all fields of a parent, child lists', async () => {
    const found = await connection.sobject('Account').find({ Name: { $like: 'B%' } }, { Name: 1 });
    assert.equal(found.length, 1);
    assert.equal(await connection.sobject('Account').count({ Name: { $like: 'B%' } }), 1);
    const deals = await connection.sobject('Opportunity').select('*, Account.*, Owner.Name').exec();
    const [deal] = deals as unknown as { Account: { Name: string }; Owner: { Name: string } }[];
    assert.equal(deal?.Account.Name, 'Big');
    assert.equal(typeof deal.Owner.Name, 'string');
    const accounts = await connection
      .sobject('Account')
      .find(null as never, 'Id')
      .include('Contacts')
      .select('*')
      .limit(2)
      .end()
      .exec();
    const contacts = (accounts[0] as unknown as { Contacts: { records: { FirstName: string }[] } }).Contacts;
    assert.equal(contacts.records[0]?.FirstName, 'A');
  });

  test('layouts: page, named, compact, approval', async () => {
    const account = connection.sobject('Account');
    const user = connection.sobject('User');
    for (const told of [await account.layouts(), await user.layouts('UserAlt')] as unknown as Layouts[]) {
      const [layout] = told.layouts;
      assert.ok(layout && Array.isArray(layout.detailLayoutSections) && Array.isArray(layout.editLayoutSections));
      assert.equal(typeof layout.buttonLayoutSection, 'object');
      assert.ok(Array.isArray(layout.quickActionList.quickActionListItems));
      assert.ok(Array.isArray(told.recordTypeMappings) && Array.isArray(told.recordTypeSelectorRequired));
    }
    const compact = await account.compactLayouts();
    assert.equal(compact.compactLayouts[0]?.objectType, 'Account');
    assert.ok(Array.isArray(compact.recordTypeCompactLayoutMappings));
    assert.deepEqual((await account.approvalLayouts()).approvalLayouts, []);
  });

  test('search', async () => {
    const { searchRecords } = await connection.search('FIND {Bi*} IN ALL FIELDS RETURNING Account(Id, Name)');
    assert.deepEqual(
      searchRecords.map((record): unknown => record['Name']),
      ['Big'],
    );
  });

  test('list views: list, describe, results, query plan', async () => {
    const account = connection.sobject('Account');
    const [view] = ((await account.listviews()) as { listviews: View[] }).listviews;
    assert.ok(view && typeof view.describeUrl === 'string' && view.soqlCompatible);
    const described = (await account.listview(view.id).describe()) as { sobjectType: string; query: string };
    assert.equal(described.sobjectType, 'Account');
    assert.equal((await connection.query(described.query)).totalSize, 1);
    const results = (await account.listview(view.id).results()) as { done: boolean; size: number; records: unknown[] };
    assert.deepEqual([results.done, results.size, results.records.length], [true, 1, 1]);
    const { plans } = (await account.listview(view.id).explain()) as { plans: Plan[] };
    assert.deepEqual([plans[0]?.cardinality, plans[0]?.sobjectCardinality], [1, 1]);
    assert.equal(plans[0]?.leadingOperationType, 'TableScan');
  });

  test('recent, tabs, theme, identity, limits; FOR VIEW', async () => {
    await connection.query('SELECT Id, Name FROM Account ORDER BY CreatedDate DESC LIMIT 2 FOR VIEW');
    assert.deepEqual(await connection.recent(2), []);
    assert.deepEqual(await connection.sobject('Account').recent(), []);
    assert.ok(Array.isArray(await connection.tabs()));
    assert.ok((await connection.theme()).themeItems.some(({ name }) => name === 'Account'));
    const identity = await connection.identity();
    assert.match(identity.id, /^https:/);
    // From now on jsforce asks at the ID itself.
    assert.deepEqual(await connection.identity(), { ...identity, urls: overTls(identity.urls) });
    assert.equal(typeof identity.photos, 'object');
    const limits = await connection.limits();
    assert.ok((limits['DataStorageMB']?.Max ?? 0) > 0);
    assert.ok((connection.limitInfo.apiUsage?.used ?? 0) > 0);
  });

  test('an upsert of what is there answers without an ID before version 46.0, and with it since', async () => {
    const lead = { LastName: 'Old', Company: 'C', Email: 'old@example.com' };
    await connection.sobject('Lead').create(lead);
    const before46 = new jsforce.Connection({
      instanceUrl: http.instanceUrl,
      accessToken: connection.accessToken ?? '',
      version: '45.0',
    });
    assert.equal((await before46.sobject('Lead').upsert(lead, 'Email')).id, undefined);
    assert.equal(typeof (await connection.sobject('Lead').upsert(lead, 'Email')).id, 'string');
  });
});
