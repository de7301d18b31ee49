import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customObjectXml, deployFixture, xml } from './fixture.ts';

const members = {
  CustomObject: ['Thing__c'],
  Workflow: ['*'],
  ApprovalProcess: ['Thing__c.Ask'],
  Settings: ['OauthOidc'],
};
const WORKFLOW = `<fieldUpdates><fullName>Approve</fullName><field>Name</field><formula>Name</formula><name>Approve</name>
<notifyAssignee>false</notifyAssignee><operation>Formula</operation><protected>false</protected></fieldUpdates>
<rules><fullName>OnNew</fullName><actions><name>Approve</name><type>FieldUpdate</type></actions><active>true</active>
<criteriaItems><field>Thing__c.Name</field><operation>startsWith</operation><value>a</value></criteriaItems><triggerType>onCreateOnly</triggerType></rules>`;
const APPROVAL = `<active>true</active><allowRecall>false</allowRecall><allowedSubmitters><type>owner</type></allowedSubmitters>
<approvalPageFields><field>Name</field><field>Owner</field></approvalPageFields>
<approvalStep><allowDelegate>false</allowDelegate><approvalActions><action><name>Approve</name><type>FieldUpdate</type></action></approvalActions>
<assignedApprover><approver><name>Owner</name><type>relatedUserField</type></approver></assignedApprover>
<label>One</label><name>One</name></approvalStep><finalApprovalRecordLock>true</finalApprovalRecordLock>
<finalRejectionRecordLock>false</finalRejectionRecordLock><label>Ask</label><recordEditability>AdminOnly</recordEditability>
<showApprovalHistory>true</showApprovalHistory>`;
const files = {
  'objects/Thing__c.object': customObjectXml('Thing'),
  'workflows/Thing__c.workflow': xml('Workflow', WORKFLOW),
  'approvalProcesses/Thing__c.Ask.approvalProcess': xml('ApprovalProcess', APPROVAL),
  'settings/OauthOidc.settings': xml('OauthOidcSettings', '<blockOAuthUnPwFlow>false</blockOAuthUnPwFlow>'),
};

test('workflows, approval processes and login settings are kept, and say that nothing is done by them', () => {
  const { deploy } = deployFixture();
  const { success, details } = deploy(members, files);
  assert.deepEqual(details.componentFailures, []);
  assert.ok(success);
  const warned = details.componentSuccesses.filter(({ warning }) => warning);
  assert.deepEqual(
    warned.map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`),
    [
      'Thing__c.Ask: not yet: the local org keeps approval processes and runs none',
      'OauthOidc: not yet: the local org keeps these settings and heeds none',
      'Thing__c.OnNew: not yet: the local org keeps workflow rules and runs none',
    ],
  );
});

test('what they refer to must be there; other settings are refused', () => {
  const { problems } = deployFixture();
  const wrong = {
    ...files,
    'workflows/Thing__c.workflow': xml('Workflow', WORKFLOW.replace('Thing__c.Name', 'Thing__c.Nmae')),
    'approvalProcesses/Thing__c.Ask.approvalProcess': xml('ApprovalProcess', APPROVAL.replace('>Approve<', '>Refuse<')),
  };
  assert.deepEqual(problems(members, wrong), [
    'Thing__c.Ask 5: In field: action - no WorkflowFieldUpdate named Thing__c.Refuse found',
    'Thing__c.OnNew 6: In field: field - no CustomField named Thing__c.Nmae found',
  ]);
  const nowhere = {
    'workflows/Nowhere.workflow': xml('Workflow', ''),
    'settings/Case.settings': xml('CaseSettings', ''),
  };
  assert.deepEqual(problems({ Workflow: ['*'], Settings: ['Case'] }, nowhere), [
    'Case: not yet: the local org does not hold the Settings Case',
    'Nowhere 2: Entity Enumeration Or ID: no CustomObject named Nowhere found',
  ]);
});

test('a default that is a formula is worked out for each new record', () => {
  const { deploy, org } = deployFixture();
  const field = (name: string, type: string, formula: string): string =>
    `<fields><fullName>${name}</fullName><defaultValue>${formula}</defaultValue><label>${name}</label><type>${type}</type></fields>`;
  const object = (formula: string) => ({
    'objects/Thing__c.object': customObjectXml(
      'Thing',
      field('At__c', 'DateTime', 'NOW()') + field('On__c', 'Date', formula),
    ),
  });
  const only = { CustomObject: ['Thing__c'] };
  const refused = deploy(only, object('TODAY() &amp; 1'));
  assert.match(refused.details.componentFailures[0]?.problem ?? '', /Incorrect parameter type|incompatible/);
  assert.ok(deploy(only, object('TODAY() + 7')).success);
  const session = { userId: org.adminUserId, token: '', origin: '' };
  org.dml({ operation: 'insert', object: 'Thing__c', records: [{ Name: 'a' }], allOrNone: true, session });
  const [row] = org.prepare('SELECT At__c, On__c FROM Thing__c', session).run().rows;
  assert.deepEqual(
    [row?.values.get('At__c'), row?.values.get('On__c')],
    ['2026-01-01T10:00:00.000+0000', '2026-01-08'],
  );
});
