import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { LocalOrg } from './local-org.ts';
import { testOrg } from './test-org.ts';
import { zipSourceFolder } from '../metadata/index.ts';
import type { DeployResult } from '../metadata/index.ts';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function manifest(members: Record<string, readonly string[]>): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<Package ${XMLNS}>${types.join('')}<version>66.0</version></Package>`;
}

function zip(members: Record<string, readonly string[]>, files: Record<string, string>): Uint8Array {
  const all = { 'package.xml': manifest(members), ...files };
  return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])));
}

const text = (name: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><length>20</length><type>Text</type>${more}</fields>`;
const object = (body: string): string => `<CustomObject ${XMLNS}>${body}</CustomObject>`;
const CUSTOM = `<deploymentStatus>Deployed</deploymentStatus><label>Thing</label>
  <nameField><displayFormat>T-{0000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
  <pluralLabel>Things</pluralLabel><sharingModel>ReadWrite</sharingModel>`;

const problems = (result: DeployResult): (string | undefined)[] =>
  result.details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem}`);

async function startDeploy(org: LocalOrg, pkg: Uint8Array, deployOptions: Record<string, unknown>): Promise<string> {
  const form = new FormData();
  form.append('entity_content', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  form.append('file', new Blob([new Uint8Array(pkg)]), 'x.zip');
  const headers = { authorization: `Bearer ${org.issueToken(org.core.adminUserId)}` };
  const url = 'http://org.local/services/data/v66.0/metadata/deployRequest';
  const response = await org.fetch(new Request(url, { method: 'POST', headers, body: form }));
  assert.equal(response.status, 201);
  return ((await response.json()) as { id: string }).id;
}

test('the package of this project deploys from source, and again without a change', () => {
  const { org } = testOrg();
  const folder = fileURLToPath(new URL('../../../force-app', import.meta.url));
  const first = org.deployPackage(folder);
  assert.deepEqual([first.status, problems(first)], ['Succeeded', []]);
  assert.equal(org.core.schema.object('Plumbline_Command__c')?.kind, 'custom');
  assert.equal(org.core.schema.object('Plumbline_Doorbell__e')?.kind, 'event');
  assert.ok(org.events.selected.includes('Lead'));
  const second = org.deployPackage(folder);
  assert.equal(second.status, 'Succeeded');
  assert.ok(second.details.componentSuccesses.every(({ changed, created }) => !changed && !created));
  const fork = org.fork();
  assert.equal(fork.core.schema.object('Plumbline_Command__c')?.kind, 'custom');
  assert.deepEqual(fork.events.selected, org.events.selected);
});

test('one failed component rolls all of it back; without rollbackOnError the good ones stay', async () => {
  const { org, clock, json, call } = testOrg();
  const members = { CustomField: ['Lead.Good__c', 'Lead.Bad__c'] };
  const bad =
    '<fields><fullName>Bad__c</fullName><label>Bad</label><type>Lookup</type><referenceTo>Nothing__c</referenceTo></fields>';
  const pkg = zip(members, { 'objects/Lead.object': object(text('Good__c') + bad) });
  const failed = org.deployPackage(pkg);
  assert.equal(failed.status, 'Failed');
  assert.deepEqual(problems(failed), [
    "Lead.Bad__c: referenceTo value of 'Nothing__c' does not resolve to a valid sObject type",
  ]);
  assert.equal(org.core.schema.object('Lead')?.fields.has('Good__c'), false);

  const id = await startDeploy(org, pkg, { rollbackOnError: false });
  const path = `/metadata/deployRequest/${id}?includeDetails=true`;
  assert.equal((await json<{ deployResult: DeployResult }>('GET', path)).deployResult.status, 'Pending');
  clock.advance(0);
  assert.equal((await json<{ deployResult: DeployResult }>('GET', path)).deployResult.status, 'SucceededPartial');
  assert.equal(org.core.schema.object('Lead')?.fields.has('Good__c'), true);
  assert.equal((await call('GET', '/metadata/deployRequest/0Af000000000000AAA')).status, 404);
});

test('a custom object with its fields, a master-detail child and a picklist is there for DML at once', async () => {
  const { org, json } = testOrg();
  const child = `${CUSTOM.replaceAll('Thing', 'Part').replace('ReadWrite', 'ControlledByParent')}
    <fields><fullName>Thing__c</fullName><label>Thing</label><type>MasterDetail</type><referenceTo>Thing__c</referenceTo>
      <relationshipName>Parts</relationshipName></fields>
    <fields><fullName>Kind__c</fullName><label>Kind</label><type>Picklist</type><valueSet><restricted>true</restricted>
      <valueSetDefinition><sorted>false</sorted><value><fullName>A</fullName><default>false</default></value></valueSetDefinition></valueSet></fields>`;
  const result = org.deployPackage(
    zip(
      { CustomObject: ['Thing__c', 'Part__c'] },
      { 'objects/Thing__c.object': object(CUSTOM + text('Key__c')), 'objects/Part__c.object': object(child) },
    ),
  );
  assert.deepEqual([result.status, problems(result)], ['Succeeded', []]);
  const { id } = await json<{ id: string }>('POST', '/sobjects/Thing__c', { Key__c: 'k' });
  await json('POST', '/sobjects/Part__c', { Thing__c: id, Kind__c: 'A' });
  const refused = await json<{ errorCode: string }[]>('POST', '/sobjects/Part__c', { Thing__c: id, Kind__c: 'B' });
  assert.equal(refused[0]?.errorCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  const soql = encodeURIComponent('SELECT Name, (SELECT Kind__c FROM Parts__r) FROM Thing__c');
  const { records } = await json<{ records: { Name: string; Parts__r: { totalSize: number } }[] }>(
    'GET',
    `/query?q=${soql}`,
  );
  assert.deepEqual([records[0]?.Name, records[0]?.Parts__r.totalSize], ['T-0001', 1]);
});

test('missing references are named: permission sets, tabs, change event members, package.xml', () => {
  const { org } = testOrg();
  const set = (body: string): string => `<PermissionSet ${XMLNS}>${body}<label>S</label></PermissionSet>`;
  const access = (field: string): string =>
    `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;
  const member = `<PlatformEventChannelMember ${XMLNS}><eventChannel>ChangeEvents</eventChannel><selectedEntity>No__ChangeEvent</selectedEntity></PlatformEventChannelMember>`;
  const result = org.deployPackage(
    zip(
      { PermissionSet: ['S', 'Missing'], CustomTab: ['No__c'], PlatformEventChannelMember: ['M'], Nonsense: ['x'] },
      {
        'permissionsets/S.permissionset': set(
          `<customPermissions><enabled>true</enabled><name>P</name></customPermissions>${access('Lead.No__c')}${access('Lead.LastName')}`,
        ),
        'tabs/No__c.tab': `<CustomTab ${XMLNS}><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>`,
        'platformEventChannelMembers/M.platformEventChannelMember': member,
        'permissionsets/Extra.permissionset': set(''),
      },
    ),
  );
  assert.equal(result.status, 'Failed');
  assert.deepEqual(problems(result).sort(), [
    ': not yet: the local org does not hold metadata of type Nonsense',
    'Extra: Not in package.xml',
    "M: The selected entity No__ChangeEvent isn't valid: no object No__c",
    "Missing: An object 'Missing' of type PermissionSet was named in package.xml, but was not found in zipped directory",
    'No__c: In field: customObject - no CustomObject named No__c found',
    'S: In field: field - no CustomField named Lead.No__c found',
    'S: In field: name - no CustomPermission named P found',
    'S: You cannot deploy to a required field: Lead.LastName',
  ]);
});

test('destructive changes remove what is there and warn of what is not', () => {
  const { org } = testOrg();
  org.deployPackage(zip({ CustomField: ['Lead.Gone__c'] }, { 'objects/Lead.object': object(text('Gone__c')) }));
  assert.equal(org.core.schema.object('Lead')?.fields.has('Gone__c'), true);
  const destructive = manifest({ CustomField: ['Lead.Gone__c', 'Lead.Never__c'] });
  const result = org.deployPackage(zip({}, { 'destructiveChanges.xml': destructive }));
  assert.equal(result.status, 'Succeeded');
  assert.deepEqual(
    result.details.componentSuccesses.map(({ deleted, problem }) => problem ?? deleted),
    [true, 'No CustomField named: Lead.Never__c found'],
  );
  assert.equal(org.core.schema.object('Lead')?.fields.has('Gone__c'), false);
});

test('what is no zip, or has no package.xml, fails as a whole with its reason', () => {
  const { org } = testOrg();
  assert.match(org.deployPackage(strToU8('no zip')).errorMessage ?? '', /The zip file cannot be read/);
  assert.match(org.deployPackage(zipSync({ 'a.txt': strToU8('a') })).errorMessage ?? '', /No package\.xml found/);
});

test('a deploy that asks for Apex tests is told that it runs none', async () => {
  const { org, clock, json } = testOrg();
  const body = `@IsTest private class ATest { @IsTest static void a() {} }`;
  const meta = `<ApexClass ${XMLNS}><apiVersion>66.0</apiVersion><status>Active</status></ApexClass>`;
  const pkg = zip({ ApexClass: ['ATest'] }, { 'classes/ATest.cls': body, 'classes/ATest.cls-meta.xml': meta });
  const id = await startDeploy(org, pkg, { rollbackOnError: true, testLevel: 'RunLocalTests' });
  clock.advance(0);
  const { deployResult } = await json<{ deployResult: DeployResult }>(
    'GET',
    `/metadata/deployRequest/${id}?includeDetails=true`,
  );
  assert.equal(deployResult.status, 'Failed');
  assert.match(problems(deployResult)[0] ?? '', /^ATest: not yet: a deploy to the local org runs no tests/);
  assert.equal(org.deployPackage(pkg).status, 'Succeeded');
});

test('a source folder becomes a zip with every component in its package.xml', () => {
  const folder = fileURLToPath(new URL('../clients/fixtures/easy-spaces/force-app', import.meta.url));
  const files = unzipSync(zipSourceFolder(folder));
  assert.deepEqual(Object.keys(files).sort(), [
    'objects/Contact.object',
    'package.xml',
    'permissionsets/Reservations.permissionset',
  ]);
  const listed = Buffer.from(files['package.xml'] ?? []).toString();
  for (const name of ['Contact.Ext__c', 'Contact.Reservation_Status__c', 'Reservations'])
    assert.ok(listed.includes(`<members>${name}</members>`));
  assert.throws(() => zipSourceFolder('/nowhere'), /There is no source folder/);
});

test('a custom channel tells the changes of its members alone, enriched by fields; filters are refused', () => {
  const { org } = testOrg();
  const { core, events } = org;
  const member = (channel: string, entity: string, more = ''): string =>
    `<PlatformEventChannelMember ${XMLNS}><eventChannel>${channel}</eventChannel>${more}<selectedEntity>${entity}</selectedEntity></PlatformEventChannelMember>`;
  const channel = `<PlatformEventChannel ${XMLNS}><channelType>data</channelType><label>Sales</label></PlatformEventChannel>`;
  const folder = 'platformEventChannelMembers';
  const files = {
    'platformEventChannels/Sales__chn.platformEventChannel': channel,
    [`${folder}/Sales_Account.platformEventChannelMember`]: member('Sales__chn', 'AccountChangeEvent'),
    [`${folder}/All_Lead.platformEventChannelMember`]: member('ChangeEvents', 'LeadChangeEvent'),
  };
  const named = {
    PlatformEventChannel: ['Sales__chn'],
    PlatformEventChannelMember: ['Sales_Account', 'All_Lead'],
  };
  assert.deepEqual(problems(org.deployPackage(zip(named, files))), []);
  const session = { userId: core.adminUserId, token: '', origin: '' };
  const save = (object: string, record: Record<string, unknown>) =>
    core.dml({ operation: 'insert', object, records: [record], allOrNone: true, session });
  save('Account', { Name: 'A' });
  save('Lead', { LastName: 'L', Company: 'C' });
  const told = (topic: string): readonly string[] =>
    events
      .open(topic, { preset: 'earliest' })
      .read(10)
      .map(({ object }) => object);
  assert.deepEqual([told('/data/Sales__chn'), told('/data/ChangeEvents')], [['Account'], ['Lead']]);
  for (const topic of ['/data/AccountChangeEvent', '/data/Other__chn'])
    assert.throws(() => told(topic), { errorCode: /topic.not.found/ });

  const withFields = (...fields: readonly string[]) =>
    org.deployPackage(
      zip(
        { PlatformEventChannelMember: ['M'] },
        {
          [`${folder}/M.platformEventChannelMember`]: member(
            'Sales__chn',
            'ContactChangeEvent',
            fields.map((name) => `<enrichedFields><name>${name}</name></enrichedFields>`).join(''),
          ),
        },
      ),
    );
  assert.deepEqual(problems(withFields('Emial', 'MailingAddress')), [
    'M: In field: enrichedFields - no CustomField named Contact.Emial found',
    "M: The field Contact.MailingAddress can't be selected for enrichment: its type isn't supported",
  ]);
  assert.deepEqual(problems(withFields('Email', 'Phone', 'Title')), []);
  const [contact] = save('Contact', { LastName: 'C', Email: 'c@x.example', Title: 'T' });
  const records = [{ Id: contact?.id, Title: null }];
  core.dml({ operation: 'update', object: 'Contact', records, allOrNone: true, session });
  core.dml({ operation: 'delete', object: 'Contact', records: [{ Id: contact?.id }], allOrNone: true, session });
  const [, created, updated, deleted] = events.open('/data/Sales__chn', { preset: 'earliest' }).read(10);
  assert.equal(created?.values.has('Phone'), false);
  const { LastModifiedDate: _, ...changed } = Object.fromEntries(updated?.values ?? []);
  assert.deepEqual(changed, { Email: 'c@x.example', Title: null });
  assert.deepEqual(updated?.header?.changedFields.toSorted(), ['LastModifiedDate', 'Title']);
  assert.deepEqual(Object.fromEntries(deleted?.values ?? []), { Email: 'c@x.example' });
});
