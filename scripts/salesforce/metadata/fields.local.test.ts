import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg, manualClock } from '../../../local/org/index.ts';
import type { FieldPlan, FieldProposal, FieldShape } from '../../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from '../index.ts';
import { deployFiles, fieldPackage } from './index.ts';

const user = 'integration@plumbline.local';
const clock = manualClock(Date.parse('2026-11-22T10:00:00Z'));
const org = createLocalOrg({ clock, seed: 5 });

function as(userId: string) {
  const login = loginByAccessToken({ accessToken: org.issueToken(userId), instanceUrl: 'http://127.0.0.1' });
  const patient = {
    now: () => clock.now(),
    async sleep(milliseconds: number) {
      clock.advance(milliseconds);
    },
  };
  const salesforce = connectSalesforce({ transport: (request) => org.fetch(request), login, clock: patient });
  return { salesforce, clock: patient };
}

function proposal(target: string, shape: FieldShape, exists = false): FieldProposal {
  const label = target.replace(/^Pendo_(.*)__c$/, '$1 & <more>').slice(0, 40);
  return { source: target, sourceLabel: 'Time | on\nsite', target, label, help: `About ${label}`, shape, exists };
}

const shapes: Readonly<Record<string, FieldShape>> = {
  Pendo_Text_Last30Days__c: { type: 'Text', length: 255 },
  Pendo_Long_Last30Days__c: { type: 'LongTextArea', length: 32_768 },
  Pendo_Time_Last30Days__c: { type: 'Number', precision: 18, scale: 2 },
  Pendo_Active_Last30Days__c: { type: 'Checkbox' },
  Pendo_First_Last30Days__c: { type: 'Date' },
  Pendo_Seen_Last30Days__c: { type: 'DateTime' },
  Pendo_AccountId__c: { type: 'Text', length: 255, isKey: true },
};

function plan(exists: boolean, others: readonly string[] = []): FieldPlan {
  const proposals = Object.entries(shapes).map(([target, shape]) => proposal(target, shape, exists));
  return {
    ...{ systemLabel: 'Pendo', object: 'Account', others },
    proposals: [{ source: 'accountId', sourceLabel: 'accountId', cannotUse: 'It tells accounts apart.' }, ...proposals],
  };
}

test('P-41, P-42, P-65: an admin deploys the proposed fields of every type, and the worker’s user may write them', async () => {
  const admin = as(org.core.adminUserId);
  const { files, writerSet } = fieldPackage(plan(false), { user, from: 'Usage' });
  assert.equal(writerSet, 'Plumbline_Pendo_Account_Writer');
  const options = { checkOnly: true };
  await deployFiles(admin.salesforce.channel, admin.clock, files, options);
  assert(!(await admin.salesforce.client.describe('Account')).fields.has('Pendo_Time_Last30Days__c'), 'only checked');
  await deployFiles(admin.salesforce.channel, admin.clock, files, { checkOnly: false });
  org.assignPermissionSet(writerSet, org.core.adminUserId);
  const { fields } = await as(org.core.adminUserId).salesforce.client.describe('Account');
  assert.deepEqual(
    Object.keys(shapes).map((name) => [fields.get(name)?.type, fields.get(name)?.writable]),
    ['string', 'textarea', 'double', 'boolean', 'date', 'datetime', 'string'].map((type) => [type, true]),
  );
  assert.equal(fields.get('Pendo_Time_Last30Days__c')?.scale, 2);
});

test('P-41: the same once more is a deploy of rights alone, which keeps those to the system’s other fields', async () => {
  const admin = as(org.core.adminUserId);
  const { files, writerSet } = fieldPackage(plan(true, []), { user, from: 'Usage' });
  assert(!files.has('objects/Account.object'));
  await deployFiles(admin.salesforce.channel, admin.clock, files, { checkOnly: false });
  const others = fieldPackage(
    { ...plan(true), proposals: [] as const, others: Object.keys(shapes) },
    { user, from: 'x' },
  );
  await deployFiles(admin.salesforce.channel, admin.clock, others.files, { checkOnly: false });
  const { fields } = await as(org.core.adminUserId).salesforce.client.describe('Account');
  assert.equal(fields.get('Pendo_Time_Last30Days__c')?.writable, true, `by ${writerSet}`);
});

test('P-15, P-22: who may not customise the org makes no field, and the worker’s user may not', async () => {
  const worker = as(org.core.integrationUserId);
  const { files } = fieldPackage(plan(false), { user, from: 'Usage' });
  await assert.rejects(deployFiles(worker.salesforce.channel, worker.clock, files, { checkOnly: false }), {
    name: 'SettingsError',
    message: /requires a user with the ModifyAllData or ModifyMetadata permissions/,
  });
});

test('P-22: what the org refuses of a deploy is named, and nothing of it is made', async () => {
  const { channel } = as(org.core.adminUserId).salesforce;
  const broken = new Map(fieldPackage(plan(false), { user, from: 'Usage' }).files);
  const object = broken.get('objects/Account.object') ?? '';
  broken.set('objects/Account.object', object.replace('<type>Date</type>', '<type>Moment</type>'));
  await assert.rejects(deployFiles(channel, as(org.core.adminUserId).clock, broken, { checkOnly: false }), {
    name: 'SettingsError',
    message: /nothing of it was made:[^]*Account/,
  });
});

test('P-22, P-65: the note to the Salesforce admin has the user, the object and each field filled in', () => {
  const { note } = fieldPackage(plan(false), { user, from: 'Usage of accounts' });
  assert.match(note, /^# Fields of Pendo on Account$/m);
  assert.match(note, /User that writes: integration@plumbline\.local/);
  for (const target of Object.keys(shapes)) assert(note.includes(`| ${target} |`), target);
  assert.match(note, /\| Pendo_Time_Last30Days__c \| .* \| Number\(16, 2\) \| Time \\\| on site \|/);
  assert.match(note, /--name Plumbline_Pendo_Account_Writer --on-behalf-of integration@plumbline\.local/);
  assert(!note.includes('accountId'), 'what cannot be used is not asked for');
});
