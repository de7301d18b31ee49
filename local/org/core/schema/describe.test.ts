import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture } from '../fixture.ts';
import { standardObjects } from './index.ts';

test('a describe tells what clients ask for', () => {
  const { org, session } = makeFixture();
  const lead = org.schema.describe('lead', session);
  const fields = lead['fields'] as Record<string, unknown>[];
  const field = (name: string) => fields.find((item) => item['name'] === name) ?? {};
  assert.equal(lead['keyPrefix'], '00Q');
  assert.equal(field('Id')['soapType'], 'tns:ID');
  assert.equal(field('LastName')['nillable'], false);
  assert.equal(field('LastName')['byteLength'], 240);
  assert.equal(field('Email')['idLookup'], true);
  assert.equal(field('Name')['nameField'], true);
  assert.equal(field('Name')['createable'], false);
  assert.deepEqual(field('OwnerId')['referenceTo'], ['Group', 'User']);
  assert.equal(field('OwnerId')['polymorphicForeignKey'], true);
  assert.equal(field('Description')['filterable'], false);
  assert.equal(field('Street')['compoundFieldName'], 'Address');
  const values = field('Status')['picklistValues'] as { value: string; defaultValue: boolean }[];
  assert.deepEqual(
    values.filter((item) => item.defaultValue).map((item) => item.value),
    ['Open - Not Contacted'],
  );
  const account = org.schema.describe('Account', session)['childRelationships'] as Record<string, unknown>[];
  assert.ok(account.some((child) => child['childSObject'] === 'Contact' && child['relationshipName'] === 'Contacts'));
  assert.throws(() => org.schema.describe('Nothing', session), /requested resource does not exist/);
});

test('every picklist has values and every name and prefix is there once', () => {
  assert.equal(new Set(standardObjects.map((object) => object.keyPrefix)).size, standardObjects.length);
  for (const object of standardObjects) {
    for (const field of object.fields.values()) {
      if (field.type === 'picklist') assert.ok((field.picklistValues ?? []).length > 0, `${object.name}.${field.name}`);
      if (field.type === 'string') assert.ok((field.length ?? 0) > 0, `${object.name}.${field.name}`);
      assert.equal(
        [...object.fields.keys()].filter((name) => name.toLowerCase() === field.name.toLowerCase()).length,
        1,
      );
    }
  }
});
