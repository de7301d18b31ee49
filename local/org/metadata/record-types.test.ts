import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFixture, manifest, xml } from './fixture.ts';
import type { Session } from '../core/index.ts';

const value = (name: string, more = '') => `<fullName>${name}</fullName><default>false</default>${more}`;
const PROCESS = `<businessProcesses><fullName>Inbound</fullName><isActive>true</isActive>
<values>${value('Working - Contacted')}</values><values>${value('Closed - Converted')}</values></businessProcesses>`;
const TYPE = `<recordTypes><fullName>Web</fullName><active>true</active><businessProcess>Inbound</businessProcess><label>From the web</label>
<picklistValues><picklist>Industry</picklist><values>${value('Food %26 Beverage')}</values></picklistValues></recordTypes>`;
const profile = xml(
  'Profile',
  '<recordTypeVisibilities><default>true</default><recordType>Lead.Web</recordType><visible>true</visible></recordTypeVisibilities>',
);
const members = { RecordType: ['Lead.Web'], BusinessProcess: ['Lead.Inbound'], Profile: ['Admin'] };
const lead = (body: string) => ({ 'objects/Lead.object': xml('CustomObject', body) });

function insertLead({ org }: ReturnType<typeof deployFixture>, values: Record<string, unknown>) {
  const session: Session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/rest/66.0' };
  const records = [{ LastName: 'L', Company: 'C', ...values }];
  const [result] = org.dml({ operation: 'insert', object: 'Lead', records, allOrNone: false, session });
  const soql = `SELECT Status FROM Lead WHERE Id = '${result?.id ?? ''}'`;
  const typed = org.prepare("SELECT COUNT() FROM Lead WHERE RecordType.Name = 'From the web'", session).run().totalSize;
  return { result, typed, row: org.prepare(soql, session).run().rows[0]?.values };
}

test('K-34: a record type deploys with its business process, and a profile opens it', () => {
  const made = deployFixture();
  const { status, details } = made.deploy(members, { ...lead(PROCESS + TYPE), 'profiles/Admin.profile': profile });
  assert.deepEqual([status, details.componentFailures], ['Succeeded', []]);
  const type = made.org.schema.object('Lead')?.recordTypes?.get('Web');
  assert.deepEqual(type?.picklists.get('Industry')?.values, ['Food & Beverage']);
  assert.deepEqual(type?.picklists.get('Status')?.values, ['Working - Contacted', 'Closed - Converted']);
  const { result, typed } = insertLead(made, {});
  assert.deepEqual([result?.success, typed], [true, 1]);
});

test('a process that changes alone changes its record types', () => {
  const made = deployFixture();
  made.deploy(members, { ...lead(PROCESS + TYPE), 'profiles/Admin.profile': profile });
  const shorter = PROCESS.replace(/<values>.*<\/values>/, `<values>${value('Closed - Converted')}</values>`);
  assert.equal(made.deploy({ BusinessProcess: ['Lead.Inbound'] }, lead(shorter)).status, 'Succeeded');
  const picklists = made.org.schema.object('Lead')?.recordTypes?.get('Web')?.picklists;
  assert.deepEqual(picklists?.get('Status')?.values, ['Closed - Converted']);
});

test('what an org refuses of a record type is told at its place', () => {
  const { problems, deploy } = deployFixture();
  const only = { RecordType: ['Lead.Web'] };
  assert.deepEqual(problems(only, lead(TYPE)), [
    'Lead.Web 3: In field: businessProcess - no BusinessProcess named Lead.Inbound found',
  ]);
  const both = { ...only, BusinessProcess: ['Lead.Inbound'] };
  assert.deepEqual(problems(both, lead(PROCESS + TYPE.replace('%26', 'and'))), [
    'Lead.Web 4: Picklist value: Food and Beverage in picklist: Industry not found',
  ]);
  assert.deepEqual(problems(both, lead(PROCESS + TYPE.replace('>Industry<', '>Company<'))), [
    'Lead.Web 4: Picklist not found: Company',
  ]);
  deploy(both, lead(PROCESS + TYPE));
  const { details } = deploy({}, { 'destructiveChanges.xml': manifest(only) });
  assert.equal(details.componentFailures[0]?.problem, 'Cannot delete RecordType through API: Lead.Web');
});

test('global and standard value sets give fields their values, also when they change alone', () => {
  const made = deployFixture();
  const set = (...names: readonly string[]) => ({
    'globalValueSets/Tiers.globalValueSet': xml(
      'GlobalValueSet',
      `${names.map((name) => `<customValue>${value(name)}<label>${name}</label></customValue>`).join('')}<masterLabel>Tiers</masterLabel><sorted>false</sorted>`,
    ),
  });
  const field = `<fields><fullName>Tier__c</fullName><label>Tier</label><type>MultiselectPicklist</type><visibleLines>4</visibleLines>
<valueSet><restricted>true</restricted><valueSetName>Tiers</valueSetName></valueSet></fields>`;
  const first = { GlobalValueSet: ['Tiers'], CustomField: ['Lead.Tier__c'] };
  assert.equal(made.deploy(first, { ...set('A', 'B'), ...lead(field) }).status, 'Succeeded');
  assert.equal(insertLead(made, { Tier__c: 'B;A' }).result?.success, true);
  assert.equal(
    insertLead(made, { Tier__c: 'A;C' }).result?.errors[0]?.statusCode,
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
  );
  assert.equal(made.deploy({ GlobalValueSet: ['Tiers'] }, set('A', 'C')).status, 'Succeeded');
  assert.equal(insertLead(made, { Tier__c: 'A;C' }).result?.success, true);

  const statuses = (converted: boolean) => ({
    'standardValueSets/LeadStatus.standardValueSet': xml(
      'StandardValueSet',
      `<sorted>false</sorted><standardValue>${value('New').replace('false', 'true')}</standardValue>
<standardValue>${value('Done', `<converted>${converted}</converted>`)}</standardValue>`,
    ),
  });
  const standard = { StandardValueSet: ['LeadStatus'] };
  assert.deepEqual(made.problems(standard, statuses(false)), [
    'LeadStatus 2: At least one lead status value must be marked as converted',
  ]);
  assert.equal(made.deploy(standard, statuses(true)).status, 'Succeeded');
  assert.equal(insertLead(made, {}).row?.get('Status'), 'New');
});
