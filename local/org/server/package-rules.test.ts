import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { testOrg, type TestOrg } from './test-org.ts';

let world: TestOrg;

before(() => {
  world = testOrg();
  const result = world.org.deployPackage(fileURLToPath(new URL('../../../force-app', import.meta.url)));
  assert.deepEqual(result.details.componentFailures, []);
  world.org.assignPermissionSet('Plumbline_Admin', world.org.core.adminUserId);
});

interface Saved {
  readonly id?: string;
  readonly success?: boolean;
}
type Failure = readonly { readonly errorCode: string; readonly message: string; readonly fields: readonly string[] }[];

/** Creates a record; what the object requires and `record` does not say is made up. */
async function create(object: string, record: object): Promise<string> {
  const saved = await world.json<Saved>('POST', `/sobjects/${object}`, { ...requiredValues(object), ...record });
  assert.ok(saved.id, JSON.stringify(saved));
  return saved.id;
}

let made = 0;

function requiredValues(object: string): Record<string, unknown> {
  made += 1;
  const fields = [...(world.org.core.schema.object(object)?.fields.values() ?? [])];
  const missing = fields.filter(({ required, createable, name }) => required && createable && name.endsWith('__c'));
  return Object.fromEntries(
    missing.map(({ name, type, picklistValues }) => [
      name,
      type === 'datetime' ? inMinutes(0) : (picklistValues?.[0]?.value ?? `made-${made}`),
    ]),
  );
}

/** Updates a record: `undefined` when it was written, what the org says when not. */
async function update(object: string, id: string, record: object): Promise<Failure | undefined> {
  const answer = await world.call('PATCH', `/sobjects/${object}/${id}`, record);
  return answer.status === 204 ? undefined : ((await answer.json()) as Failure);
}

const refused = (message: string, ...fields: string[]) => [
  { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields },
];
const inMinutes = (minutes: number) => new Date(world.clock.now() + minutes * 60_000).toISOString();

test('a command that a worker has claimed stays with that worker', async () => {
  const command = 'Plumbline_Command__c';
  const id = await create(command, { Kind__c: 'status', Status__c: 'New', Expires_At__c: inMinutes(10) });
  assert.equal(await update(command, id, { Claimed_By__c: 'one', Status__c: 'Claimed' }), undefined);
  assert.deepEqual(
    await update(command, id, { Claimed_By__c: 'other' }),
    refused('Another worker has already claimed this command.', 'Claimed_By__c'),
  );
  assert.equal(await update(command, id, { Claimed_By__c: 'one', Status__c: 'Done' }), undefined);
});

test('while one store’s lease lasts, no other store takes the org; its own gives it back', async () => {
  const worker = 'Plumbline_Worker__c';
  const id = await create(worker, { Store_Id__c: 'a', Lease_Until__c: inMinutes(3) });
  const taken = refused('Another worker holds this org until its lease ends.', 'Store_Id__c');
  assert.deepEqual(await update(worker, id, { Store_Id__c: 'b', Lease_Until__c: inMinutes(3) }), taken);
  assert.equal(await update(worker, id, { Store_Id__c: 'a', Lease_Until__c: inMinutes(5) }), undefined);
  world.clock.advance(4 * 60_000);
  assert.deepEqual(await update(worker, id, { Store_Id__c: 'b' }), taken);
  assert.equal(await update(worker, id, { Store_Id__c: null, Lease_Until__c: null }), undefined);
  assert.equal(await update(worker, id, { Store_Id__c: 'b', Lease_Until__c: inMinutes(3) }), undefined);
  world.clock.advance(4 * 60_000);
  assert.equal(await update(worker, id, { Store_Id__c: 'a' }), undefined);
});

test('what was activated never changes', async () => {
  const version = 'Plumbline_Version__c';
  const id = await create(version, { Hash__c: 'h', Org_Id__c: 'o' });
  assert.deepEqual(
    await update(version, id, { Hash__c: 'other' }),
    refused('An activated version never changes. Activate the configuration again instead.'),
  );
  assert.equal(await update(version, id, { Hash__c: 'h' }), undefined);
});

test('a run says whether it balances, wherever it is read', async () => {
  const run = 'Plumbline_Run__c';
  const counts = { Read__c: 10, Created__c: 4, Updated__c: 3, Unchanged__c: 1, Skipped__c: 1, Held__c: 1 };
  const good = await create(run, counts);
  const bad = await create(run, { ...counts, Held__c: null });
  const read = await world.json<{ Balanced__c: boolean }>('GET', `/sobjects/${run}/${good}`);
  assert.equal(read.Balanced__c, true);
  const soql = `SELECT Id FROM ${run} WHERE Balanced__c = false`;
  const found = await world.json<{ records: { Id: string }[] }>('GET', `/query?q=${encodeURIComponent(soql)}`);
  assert.deepEqual(
    found.records.map(({ Id }) => Id),
    [bad],
  );
  const written = await world.json<Failure>('POST', `/sobjects/${run}`, { Balanced__c: true });
  assert.equal(written[0]?.errorCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
});

test('an issue says that it is held for more than an hour, by the org’s clock', async () => {
  const issue = 'Plumbline_Issue__c';
  const id = await create(issue, { Status__c: 'Open', Outcome__c: 'held', First_Seen__c: inMinutes(0) });
  const held = async () =>
    (await world.json<{ Held_Over_An_Hour__c: boolean }>('GET', `/sobjects/${issue}/${id}?fields=Held_Over_An_Hour__c`))
      .Held_Over_An_Hour__c;
  assert.equal(await held(), false);
  world.clock.advance(3_600_000);
  assert.equal(await held(), false);
  world.clock.advance(1_000);
  assert.equal(await held(), true);
  await update(issue, id, { Status__c: 'Closed' });
  assert.equal(await held(), false);
});

test('Bulk ingest is judged too, record by record', async () => {
  const object = 'Plumbline_Worker__c';
  const id = await create(object, { Store_Id__c: 'a', Lease_Until__c: inMinutes(3) });
  const job = await world.json<{ id: string }>('POST', '/jobs/ingest', { object, operation: 'update' });
  const csv = `Id,Store_Id__c\n${id},b\n`;
  const upload = await world.call('PUT', `/jobs/ingest/${job.id}/batches`, csv, { 'content-type': 'text/csv' });
  assert.equal(upload.status, 201);
  await world.call('PATCH', `/jobs/ingest/${job.id}`, { state: 'UploadComplete' });
  world.clock.advance(1_000);
  const failed = await (await world.call('GET', `/jobs/ingest/${job.id}/failedResults`)).text();
  assert.match(
    failed,
    /FIELD_CUSTOM_VALIDATION_EXCEPTION:Another worker holds this org until its lease ends\.:Store_Id__c/,
  );
});

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** Deploys an object's file into a fresh org. */
function deploy(body: string, members: string, more: Record<string, string> = {}) {
  const { org } = testOrg();
  const files = {
    'package.xml': `<Package ${XMLNS}>${members}<version>66.0</version></Package>`,
    'objects/Lead.object': `<CustomObject ${XMLNS}>\n${body}</CustomObject>`,
    ...more,
  };
  return org.deployPackage(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );
}

const members = (type: string, ...names: string[]) =>
  `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`;
const rule = (name: string, formula: string) =>
  `<validationRules><fullName>${name}</fullName><active>true</active><errorConditionFormula>${formula}</errorConditionFormula><errorMessage>No</errorMessage></validationRules>\n`;
const field = (name: string, formula: string) =>
  `<fields><fullName>${name}</fullName><label>F</label><type>Checkbox</type><formula>${formula}</formula></fields>\n`;

test('a formula that cannot be evaluated refuses the deploy at its own place, all of them at once', () => {
  const result = deploy(
    field('Good__c', 'IsConverted') +
      field('Bad__c', 'X__c') +
      rule('Unknown', 'FOO(1)') +
      rule('Wrong', 'AND(1)') +
      rule('Permission', '$Permission.Nobody_Has') +
      rule('Good', 'Good__c'),
    members('CustomField', 'Lead.Good__c', 'Lead.Bad__c') +
      members('ValidationRule', 'Lead.Unknown', 'Lead.Wrong', 'Lead.Permission', 'Lead.Good'),
  );
  assert.equal(result.status, 'Failed');
  assert.deepEqual(
    result.details.componentFailures.map(({ fullName, problem, lineNumber }) => [fullName, problem, lineNumber]).sort(),
    [
      ['Lead.Bad__c', 'Error: Field X__c does not exist. Check spelling.', 3],
      ['Lead.Permission', 'Error: Field $Permission.Nobody_Has does not exist. Check spelling.', 6],
      ['Lead.Unknown', 'Error: Unknown function FOO. Check spelling.', 4],
      ['Lead.Wrong', "Error: Incorrect parameter type for function 'AND()'. Expected Boolean, received Number", 5],
    ],
  );
});

test('a roll-up summary over a lookup is refused, as an org refuses it', () => {
  const summary =
    '<fields><fullName>Sum__c</fullName><label>Sum</label><type>Summary</type><summaryForeignKey>Task.WhoId</summaryForeignKey><summaryOperation>count</summaryOperation></fields>\n';
  const result = deploy(summary, members('CustomField', 'Lead.Sum__c'));
  assert.deepEqual(
    result.details.componentFailures.map(({ fullName, problem }) => [fullName, problem]),
    [['Lead.Sum__c', 'Task.WhoId is no master-detail relationship to Lead, so nothing can be rolled up over it']],
  );
});

test('a custom permission and who holds it come with the metadata', async () => {
  const { org, json } = testOrg();
  const permission = `<CustomPermission ${XMLNS}><isLicensed>false</isLicensed><label>May write</label></CustomPermission>`;
  const set = (enabled: boolean) =>
    `<PermissionSet ${XMLNS}><customPermissions><enabled>${enabled}</enabled><name>May_Write</name></customPermissions><label>Writers</label></PermissionSet>`;
  const pkg = (enabled: boolean) => {
    const files = {
      'package.xml': `<Package ${XMLNS}>${members('CustomPermission', 'May_Write')}${members('PermissionSet', 'Writers')}${members('ValidationRule', 'Lead.Allowed')}<version>66.0</version></Package>`,
      'objects/Lead.object': `<CustomObject ${XMLNS}>${rule('Allowed', 'NOT($Permission.May_Write)')}</CustomObject>`,
      'customPermissions/May_Write.customPermission': permission,
      'permissionsets/Writers.permissionset': set(enabled),
    };
    return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  };
  const add = async () =>
    (await json<Saved>('POST', '/sobjects/Lead', { LastName: 'Doe', Company: 'A' })).success ?? false;
  assert.deepEqual(org.deployPackage(pkg(true)).details.componentFailures, []);
  assert.equal(await add(), false);
  org.assignPermissionSet('Writers', org.core.adminUserId);
  assert.equal(await add(), true);
  org.deployPackage(pkg(false));
  assert.equal(await add(), false);
});
