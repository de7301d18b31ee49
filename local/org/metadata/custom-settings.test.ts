import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFixture, xml } from './fixture.ts';

const settings = (type: string) => ({
  'objects/Limits__c.object': xml(
    'CustomObject',
    `<customSettingsType>${type}</customSettingsType><label>Limits</label><visibility>Public</visibility>
<fields><fullName>Most__c</fullName><label>Most</label><precision>5</precision><scale>0</scale><type>Number</type></fields>`,
  ),
});
const members = { CustomObject: ['Limits__c'] };

test('hierarchy custom settings belong to the org, a profile or a user, once each; lists are refused', () => {
  const { org, deploy, problems } = deployFixture();
  assert.match(problems(members, settings('List'))[0] ?? '', /not yet: custom settings of the type List/);
  assert.deepEqual(deploy(members, settings('Hierarchy')).details.componentFailures, []);
  const session = { userId: org.adminUserId, token: '', origin: '' };
  const insert = (record: Readonly<Record<string, unknown>>) =>
    org.dml({ operation: 'insert', object: 'Limits__c', records: [record], allOrNone: false, session })[0];
  assert.ok(insert({ Most__c: 5 })?.success);
  assert.ok(insert({ Most__c: 7, SetupOwnerId: org.adminUserId })?.success);
  assert.equal(insert({ Most__c: 9, SetupOwnerId: org.adminUserId })?.errors[0]?.statusCode, 'DUPLICATE_VALUE');
  const { rows } = org.prepare('SELECT SetupOwnerId, Most__c FROM Limits__c ORDER BY Most__c', session).run();
  assert.deepEqual(
    rows.map(({ values }) => [...values.values()]),
    [
      [org.id, 5],
      [org.adminUserId, 7],
    ],
  );
  assert.equal(org.schema.describe('Limits__c', session)['customSetting'], true);
});
