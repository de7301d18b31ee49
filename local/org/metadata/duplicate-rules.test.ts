import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFixture, manifest, xml } from './fixture.ts';
import type { DmlRequest, DmlResult, Session } from '../core/index.ts';

const item = (field: string, blank = 'NullNotAllowed', method = 'Exact') =>
  `<matchingRuleItems><blankValueBehavior>${blank}</blankValueBehavior><fieldName>${field}</fieldName><matchingMethod>${method}</matchingMethod></matchingRuleItems>`;
const matching = (body: string, status = 'Active') =>
  xml(
    'MatchingRules',
    `<matchingRules><fullName>Same</fullName>${body}<label>Same</label><ruleStatus>${status}</ruleStatus></matchingRules>`,
  );
const duplicate = (onInsert: string, operations: string, object = 'Lead') =>
  xml(
    'DuplicateRule',
    `<actionOnInsert>${onInsert}</actionOnInsert><actionOnUpdate>Allow</actionOnUpdate><alertText>There already.</alertText>
<duplicateRuleMatchRules><matchRuleSObjectType>${object}</matchRuleSObjectType><matchingRule>Same</matchingRule></duplicateRuleMatchRules>
<isActive>true</isActive><masterLabel>No twins</masterLabel>${operations}<securityOption>BypassSharingRules</securityOption><sortOrder>1</sortOrder>`,
  );
const ALERT = '<operationsOnInsert>Alert</operationsOnInsert><operationsOnUpdate>Alert</operationsOnUpdate>';
const members = { MatchingRule: ['Lead.Same'], DuplicateRule: ['Lead.Twins'] };
const files = (rule: string, twins: string) => ({
  'matchingRules/Lead.matchingRule': rule,
  'duplicateRules/Lead.Twins.duplicateRule': twins,
});

function setUp(rule: string, twins: string) {
  const made = deployFixture();
  const { status, details } = made.deploy(members, files(rule, twins));
  assert.deepEqual([status, details.componentFailures], ['Succeeded', []]);
  const session: Session = { userId: made.org.adminUserId, token: '', origin: 'com/salesforce/api/rest/66.0' };
  const dml = (operation: DmlRequest['operation'], records: Record<string, unknown>[], more: Partial<Session> = {}) =>
    made.org.dml({ operation, object: 'Lead', records, allOrNone: false, session: { ...session, ...more } });
  const lead = (Email: string | null, LastName = 'A') => ({ LastName, Company: 'C', Email });
  return { ...made, dml, lead, session };
}
const codes = (results: readonly DmlResult[]) => results.map(({ errors }) => errors[0]?.statusCode);

test('K-22: a rule that blocks refuses a duplicate, naming what it duplicates; records of one call are not compared', () => {
  const { dml, lead } = setUp(matching(item('Email')), duplicate('Block', ''));
  const [first] = dml('insert', [lead('a@x.org'), lead('b@x.org'), lead('B@X.org')]);
  assert.deepEqual(codes(dml('insert', [lead('c@x.org'), lead('c@x.org')])), [undefined, undefined]);
  const [refused] = dml('insert', [lead('A@x.org')], { allowsDuplicates: true });
  const error = refused?.errors[0];
  assert.deepEqual([error?.statusCode, error?.message], ['DUPLICATES_DETECTED', 'There already.']);
  assert.deepEqual(error?.duplicateResult?.matchResults, [{ entityType: 'Lead', rule: 'Same', ids: [first?.id] }]);
  assert.equal(error?.duplicateResult?.allowSave, false);
  assert.deepEqual(codes(dml('insert', [lead(null), lead(null)])), [undefined, undefined]);
  dml('delete', [{ Id: first?.id }]);
  assert.deepEqual(codes(dml('insert', [lead('a@x.org')])), [undefined]);
});

test('K-22: a rule that alerts is passed by allowSave; an edit is judged when it changes what is compared', () => {
  const { dml, lead } = setUp(matching(item('Email')), duplicate('Allow', ALERT));
  dml('insert', [lead('a@x.org')]);
  const [refused] = dml('insert', [lead('a@x.org')]);
  assert.equal(refused?.errors[0]?.duplicateResult?.allowSave, true);
  const [twin] = dml('insert', [lead('a@x.org')], { allowsDuplicates: true });
  assert.equal(twin?.success, true);
  assert.deepEqual(codes(dml('update', [{ Id: twin?.id, Title: 'T' }])), [undefined]);
  const [other] = dml('insert', [lead('b@x.org')]);
  assert.deepEqual(codes(dml('update', [{ Id: other?.id, Email: 'a@x.org' }])), ['DUPLICATES_DETECTED']);
});

test('items are joined by the filter logic, and blanks match when told to', () => {
  const rule = `<booleanFilter>1 AND (2 OR 3)</booleanFilter>${item('LastName')}${item('Email')}${item('Phone', 'MatchBlanks')}`;
  const { dml, lead } = setUp(matching(rule), duplicate('Block', ''));
  dml('insert', [{ ...lead('a@x.org'), Phone: '1' }]);
  assert.deepEqual(codes(dml('insert', [{ ...lead('b@x.org'), Phone: '2' }])), [undefined]);
  assert.deepEqual(codes(dml('insert', [{ ...lead('c@x.org'), Phone: '1' }])), ['DUPLICATES_DETECTED']);
  dml('insert', [lead('d@x.org', 'D')]);
  assert.deepEqual(codes(dml('insert', [lead('e@x.org', 'D')])), ['DUPLICATES_DETECTED']);
  assert.deepEqual(codes(dml('insert', [lead('d@x.org', 'E')])), [undefined]);
});

test('K-22: rules are queried before the first write, and go with their metadata', () => {
  const { org, deploy, session, dml, lead } = setUp(matching(item('Email')), duplicate('Block', ''));
  const count = (soql: string) => org.prepare(soql, session).run().totalSize;
  assert.equal(count("SELECT Id FROM DuplicateRule WHERE IsActive = true AND SobjectType = 'Lead'"), 1);
  assert.equal(
    count("SELECT Id, (SELECT Field FROM MatchingRuleItems) FROM MatchingRule WHERE RuleStatus = 'Active'"),
    1,
  );
  const integration = { ...session, userId: org.integrationUserId };
  assert.equal(org.prepare('SELECT DeveloperName FROM DuplicateRule', integration).run().totalSize, 1);
  dml('insert', [lead('a@x.org')]);
  deploy({}, { 'destructiveChanges.xml': manifest(members) });
  assert.equal(count('SELECT Id FROM DuplicateRule') + count('SELECT Id FROM MatchingRule'), 0);
  assert.deepEqual(codes(dml('insert', [lead('a@x.org')])), [undefined]);
});

test('what cannot be judged here, or is not there, is refused at its rule', () => {
  const { problems } = deployFixture();
  const told = (rule: string, twins = duplicate('Block', '')) => problems(members, files(rule, twins))[0];
  assert.match(
    told(matching(item('Name', 'NullNotAllowed', 'LastName'))) ?? '',
    /^Lead\.Same 3: not yet: the matching method LastName/,
  );
  assert.equal(told(matching(item('Mail'))), 'Lead.Same 3: no CustomField named Lead.Mail found');
  assert.match(
    told(matching(`<booleanFilter>1 AND 2</booleanFilter>${item('Email')}`)) ?? '',
    /^Lead\.Same 3: the filter logic/,
  );
  assert.equal(told(matching(item('Email'), 'Inactive')), 'Lead.Twins 2: the matching rule Lead.Same is not active');
  const orphan = problems(
    { DuplicateRule: ['Lead.Twins'] },
    { 'duplicateRules/Lead.Twins.duplicateRule': duplicate('Block', '') },
  );
  assert.deepEqual(orphan, ['Lead.Twins 2: no MatchingRule named Lead.Same found']);
});
