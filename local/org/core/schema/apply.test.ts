import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, addObjects, customField, customObject, makeFixture } from '../fixture.ts';
import { OrgError } from '../index.ts';

const text = (name: string, options = {}) => customField(name, { type: 'string', length: 80, ...options });

test('a custom object gets system fields, a name, an owner and a key prefix of its own', () => {
  const { org, insert, query } = makeFixture();
  addObjects(org, customObject('First__c', [text('Note__c')]), customObject('Second__c', []));
  const first = org.schema.object('first__C');
  assert.equal(first?.keyPrefix, 'a00');
  assert.equal(org.schema.object('Second__c')?.keyPrefix, 'a01');
  assert.deepEqual(
    [...(first?.fields.keys() ?? [])],
    [
      'Id',
      'Name',
      'OwnerId',
      'IsDeleted',
      'CreatedDate',
      'CreatedById',
      'LastModifiedDate',
      'LastModifiedById',
      'SystemModstamp',
      'Note__c',
    ],
  );
  const [id = ''] = insert('First__c', { Name: 'x' });
  assert.equal(id.slice(0, 3), 'a00');
  const [unnamed] = insert('Second__c', {});
  assert.deepEqual(query('SELECT Name FROM Second__c'), [{ Name: unnamed }]);
  assert.equal(org.schema.objectOfId(id)?.name, 'First__c');
  assert.deepEqual(query('SELECT Owner.Name, CreatedBy.Name FROM First__c'), [
    { Owner: { Name: 'Admin User' }, CreatedBy: { Name: 'Admin User' } },
  ]);
});

test('a detail has its master instead of an owner, and an auto number its name', () => {
  const { org, insert, query, dml } = makeFixture();
  const master = customField('Parent__c', {
    type: 'reference',
    referenceTo: ['Account'],
    required: true,
    deleteConstraint: 'Cascade',
    childRelationshipName: 'Details__r',
  });
  const name = { ...text('Name'), custom: false, autoNumber: 'D-{0000}' };
  addObjects(org, customObject('Detail__c', [name, master]));
  assert.equal(org.schema.object('Detail__c')?.fields.has('OwnerId'), false);
  const [account] = insert('Account', { Name: 'Acme' });
  insert('Detail__c', { Parent__c: account }, { Parent__c: account });
  assert.deepEqual(query('SELECT Name, (SELECT Name FROM Details__r) FROM Account'), [
    { Name: 'Acme', Details__r: [{ Name: 'D-0001' }, { Name: 'D-0002' }] },
  ]);
  assert.equal(dml('insert', 'Detail__c', {})[0]?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
});

test('a schema change is applied whole or not at all', () => {
  const { org } = makeFixture();
  const before = org.schema.revision;
  const change = {
    objects: [customObject('Good__c', [])],
    fields: [{ object: 'Lead', field: customField('Bad__c', { type: 'reference', referenceTo: ['Nowhere__c'] }) }],
    removedObjects: [],
    removedFields: [],
  };
  assert.throws(() => org.applySchema(change), /Lead.Bad__c: referenceTo value of 'Nowhere__c' does not resolve/);
  assert.equal(org.schema.revision, before);
  assert.equal(org.schema.object('Good__c'), undefined);
});

test('what an org refuses is refused with the place and the mend', () => {
  const { org } = makeFixture();
  const refused = (field: ReturnType<typeof customField>, pattern: RegExp) =>
    assert.throws(
      () => addFields(org, 'Lead', field),
      (error) => error instanceof OrgError && pattern.test(error.message),
    );
  refused(text('NoSuffix'), /Lead.NoSuffix: the name/);
  refused(text('Two__Under__c'), /the name/);
  refused(text('Long__c', { length: 256 }), /length must be 1 to 255/);
  refused(customField('Number__c', { type: 'double', precision: 19, scale: 2 }), /precision/);
  refused(customField('Flag__c', { type: 'boolean', externalId: true }), /external ID/);
  refused(
    customField('Sum__c', { type: 'double', precision: 9, scale: 0, calculated: true }),
    /needs a formula or a summary/,
  );
  refused(customField('Lookup__c', { type: 'reference' }), /must say which object/);
  refused(
    customField('Whole__c', { type: 'double', precision: 3, scale: 0, defaultValue: 'many' }),
    /default value does not fit/,
  );
  refused(
    customField('Pick__c', {
      type: 'picklist',
      picklistValues: ['a', 'A'].map((value) => ({ value, label: value, active: true, defaultValue: false })),
    }),
    /is there twice/,
  );
});

test('a redeployed object keeps its prefix, records and other fields; a removed field takes its values with it', () => {
  const { org, insert, query } = makeFixture();
  addObjects(org, customObject('Thing__c', [text('A__c'), text('B__c')]));
  insert('Thing__c', { A__c: 'a', B__c: 'b' });
  addObjects(org, customObject('Thing__c', [text('C__c')]));
  assert.deepEqual(query('SELECT A__c, B__c, C__c FROM Thing__c'), [{ A__c: 'a', B__c: 'b', C__c: null }]);
  org.applySchema({
    objects: [],
    fields: [],
    removedObjects: [],
    removedFields: [{ object: 'Thing__c', field: 'A__c' }],
  });
  assert.throws(() => query('SELECT A__c FROM Thing__c'), /No such column 'A__c'/);
  addObjects(org, customObject('Thing__c', [text('A__c')]));
  assert.deepEqual(query('SELECT A__c, B__c FROM Thing__c'), [{ A__c: null, B__c: 'b' }]);
});

test('a field becomes unique only while its values are', () => {
  const { org, insert, dml } = makeFixture();
  addFields(org, 'Lead', text('Ext__c'));
  const person = { LastName: 'L', Company: 'C' };
  const [, second = ''] = insert('Lead', { ...person, Ext__c: 'same' }, { ...person, Ext__c: 'SAME' });
  const unique = text('Ext__c', { unique: true, externalId: true });
  assert.throws(() => addFields(org, 'Lead', unique), /there more than once/);
  dml('update', 'Lead', { Id: second, Ext__c: 'other' });
  addFields(org, 'Lead', unique);
  assert.equal(dml('insert', 'Lead', { ...person, Ext__c: 'OTHER' })[0]?.errors[0]?.statusCode, 'DUPLICATE_VALUE');
});
