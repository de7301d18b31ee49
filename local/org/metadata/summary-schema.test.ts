import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customObjectXml, deployFixture } from './fixture.ts';

const DETAIL = customObjectXml(
  'Part',
  `<fields><fullName>Thing__c</fullName><label>Thing</label><referenceTo>Thing__c</referenceTo>
<relationshipName>Parts</relationshipName><type>MasterDetail</type></fields>
<fields><fullName>Price__c</fullName><label>Price</label><precision>10</precision><scale>2</scale><type>Currency</type></fields>`,
  'ControlledByParent',
);
const summary = (body: string) =>
  `<fields><fullName>Total__c</fullName><label>Total</label>${body}<type>Summary</type></fields>`;
const SUM = `<summarizedField>Part__c.Price__c</summarizedField><summaryFilterItems><field>Part__c.Price__c</field>
<operation>greaterThan</operation><value>1</value></summaryFilterItems>
<summaryForeignKey>Part__c.Thing__c</summaryForeignKey><summaryOperation>sum</summaryOperation>`;
const members = { CustomObject: ['Thing__c', 'Part__c'] };
const files = (body: string) => ({
  'objects/Thing__c.object': customObjectXml('Thing', summary(body)),
  'objects/Part__c.object': DETAIL,
});

test('a roll-up summary deploys with its detail, and is of the type of what it sums up', () => {
  const { deploy, org } = deployFixture();
  const { status, details } = deploy(members, files(SUM));
  assert.deepEqual([status, details.componentFailures], ['Succeeded', []]);
  const field = org.schema.object('Thing__c')?.fields.get('Total__c');
  assert.deepEqual([field?.type, field?.scale, field?.createable], ['currency', 2, false]);
  assert.deepEqual(field?.summary?.filter, [{ field: 'Price__c', operation: 'greaterThan', values: ['1'] }]);
});

test('one that an org would refuse is told at its field', () => {
  const { problems } = deployFixture();
  const told = (from: string, to: string) => problems(members, files(SUM.replace(from, to)))[0];
  assert.equal(
    told('Part__c.Price__c</sum', 'Part__c.Cost__c</sum'),
    'Thing__c.Total__c 5: In field: summarizedField - no CustomField named Part__c.Cost__c found',
  );
  assert.equal(
    told('<value>1<', '<value>one<'),
    "Thing__c.Total__c 5: the filter's value does not fit: Price: value not of required type: one",
  );
  assert.equal(
    told('Part__c.Thing__c', 'Part__c.Price__c'),
    'Thing__c.Total__c 5: Part__c.Price__c is no master-detail relationship to Thing__c, so nothing can be rolled up over it',
  );
  assert.equal(
    told('<value>1</value>', '<valueField>Part__c.Price__c</valueField>'),
    'Thing__c.Total__c 5: not yet: filters that compare two fields in the local org',
  );
});
