import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customObjectXml, deployFixture, xml } from './fixture.ts';
import type { Org, Session } from '../core/index.ts';

const role = (name: string, parent?: string) =>
  xml('Role', `<name>${name}</name>${parent === undefined ? '' : `<parentRole>${parent}</parentRole>`}`);
const owner = (from: string, to: string, level = 'Read') =>
  `<sharingOwnerRules><fullName>R${level}</fullName><accessLevel>${level}</accessLevel><label>R</label><sharedTo>${to}</sharedTo><sharedFrom>${from}</sharedFrom></sharingOwnerRules>`;
const files = {
  'objects/Deal__c.object': customObjectXml(
    'Deal',
    '<fields><fullName>Region__c</fullName><label>Region</label><length>20</length><type>Text</type></fields>',
    'Private',
  ),
  'roles/Boss.role': role('Boss'),
  'roles/Seller.role': role('Seller', 'Boss'),
  'roles/Other.role': role('Other'),
  'queues/Inbound.queue': xml(
    'Queue',
    '<name>Inbound</name><queueMembers><roles><role>Seller</role></roles></queueMembers><queueSobject><sobjectType>Deal__c</sobjectType></queueSobject>',
  ),
  'permissionsets/Deals.permissionset': xml(
    'PermissionSet',
    '<fieldPermissions><editable>true</editable><field>Deal__c.Region__c</field><readable>true</readable></fieldPermissions><label>Deals</label><objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Deal__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>',
  ),
};
const members = {
  CustomObject: ['Deal__c'],
  Role: ['Boss', 'Seller', 'Other'],
  Queue: ['Inbound'],
  PermissionSet: ['Deals'],
};

function setUp() {
  const made = deployFixture();
  const { status, details } = made.deploy(members, files);
  assert.deepEqual([status, details.componentFailures], ['Succeeded', []]);
  const { org } = made;
  const admin: Session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/rest/66.0' };
  const insert = (object: string, values: Record<string, unknown>, session = admin): string => {
    const [result] = org.dml({ operation: 'insert', object, records: [values], allOrNone: false, session });
    assert.ok(result?.id, JSON.stringify(result?.errors));
    return result.id;
  };
  const one = (soql: string): string => org.prepare(soql, admin).run().rows[0]?.id ?? '';
  const user = (name: string): Session => {
    const locale = {
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    };
    const userId = insert('User', {
      Username: `${name}@x.local`,
      LastName: name,
      Email: `${name}@x.local`,
      Alias: name,
      CommunityNickname: name,
      ...locale,
      ProfileId: one("SELECT Id FROM Profile WHERE Name = 'Standard User'"),
      UserRoleId: one(`SELECT Id FROM UserRole WHERE DeveloperName = '${name}'`),
    });
    insert('PermissionSetAssignment', {
      PermissionSetId: one("SELECT Id FROM PermissionSet WHERE Name = 'Deals'"),
      AssigneeId: userId,
    });
    return { ...admin, userId };
  };
  const [boss, seller, other] = [user('Boss'), user('Seller'), user('Other')];
  const id = insert('Deal__c', { Name: 'Of seller', Region__c: 'North' }, seller);
  return { ...made, admin, insert, one, boss, seller, other, id };
}

const names = (org: Org, session: Session) =>
  org
    .prepare('SELECT Name FROM Deal__c ORDER BY Name', session)
    .run()
    .rows.map((row) => row.values.get('Name'));
const edit = (org: Org, Id: string, session: Session) =>
  org.dml({ operation: 'update', object: 'Deal__c', records: [{ Id, Name: 'Edited' }], allOrNone: false, session })[0];

test('who is above the owner in the role hierarchy sees and edits a private record, who is beside does not', () => {
  const { org, boss, seller, other, id } = setUp();
  assert.deepEqual(
    [boss, seller, other].map((session) => names(org, session)),
    [['Of seller'], ['Of seller'], []],
  );
  assert.equal(edit(org, id, other)?.errors[0]?.statusCode, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
  assert.equal(edit(org, id, boss)?.success, true);
});

test("a queue's records are those of its members, a role among them; only of objects that it is for", () => {
  const { org, admin, insert, one, seller, other } = setUp();
  const queue = one("SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = 'Inbound'");
  insert('Deal__c', { Name: 'Queued', OwnerId: queue });
  assert.deepEqual(
    [seller, other].map((session) => names(org, session)),
    [['Of seller', 'Queued'], []],
  );
  const records = [{ LastName: 'L', Company: 'C', OwnerId: queue }];
  const [refused] = org.dml({ operation: 'insert', object: 'Lead', records, allOrNone: false, session: admin });
  assert.deepEqual(refused?.errors[0]?.message, 'Queue not associated with this SObject type');
});

test('sharing rules open records by owner and by criteria, to read or to edit', () => {
  const { org, deploy, problems, other, id } = setUp();
  const rules = (body: string) => ({ 'sharingRules/Deal__c.sharingRules': xml('SharingRules', body) });
  const toOther = '<role>Other</role>';
  const read = { SharingOwnerRule: ['Deal__c.RRead'] };
  assert.equal(deploy(read, rules(owner('<role>Seller</role>', toOther))).status, 'Succeeded');
  assert.deepEqual(names(org, other), ['Of seller']);
  assert.equal(edit(org, id, other)?.errors[0]?.statusCode, 'INSUFFICIENT_ACCESS_OR_READONLY');
  const criteria = `<sharingCriteriaRules><fullName>North</fullName><accessLevel>Edit</accessLevel><label>N</label><sharedTo>${toOther}</sharedTo>
<criteriaItems><field>Region__c</field><operation>equals</operation><value>North</value></criteriaItems></sharingCriteriaRules>`;
  assert.equal(deploy({ SharingCriteriaRule: ['Deal__c.North'] }, rules(criteria)).status, 'Succeeded');
  assert.equal(edit(org, id, other)?.success, true);
  const fork = org.fork();
  assert.deepEqual(names(fork, other), []);
  const wrong = owner('<role>Seller</role>', '<role>Nobody</role>');
  assert.deepEqual(problems(read, rules(wrong)), ['Deal__c.RRead 3: In field: sharedTo - no Role named Nobody found']);
});
