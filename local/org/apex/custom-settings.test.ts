import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDefinition } from '../core/index.ts';
import { makeApexFixture } from './testing/fixture.ts';

const number = (name: string): FieldDefinition => ({
  ...{ name, label: name, type: 'double', custom: true, precision: 5, scale: 0, required: false, unique: false },
  ...{ caseSensitive: false, externalId: false, idLookup: false, createable: true, updateable: true, nillable: true },
  ...{ filterable: true, referenceTo: [], calculated: false },
});

test('custom settings of a user are merged with those of the profile and the org; of one level they are alone', () => {
  const { apex, run, evaluate } = makeApexFixture();
  const fields = new Map(['Most__c', 'Least__c'].map((name) => [name, number(name)]));
  apex.org.applySchema({
    objects: [
      { name: 'Limits__c', label: 'Limits', labelPlural: 'Limits', keyPrefix: '', kind: 'customSetting', fields },
    ],
    ...{ fields: [], removedObjects: [], removedFields: [] },
  });
  assert.equal(evaluate('Boolean', 'Limits__c.getInstance() != null && Limits__c.getInstance().Id == null'), true);
  assert.equal(evaluate('Boolean', 'Limits__c.getOrgDefaults().Most__c == null'), true);
  assert.equal(evaluate('Boolean', 'Limits__c.getValues(UserInfo.getUserId()) == null'), true);
  assert.equal(
    run(`upsert new Limits__c(Most__c = 5, Least__c = 1);
insert new Limits__c(Most__c = 7, SetupOwnerId = UserInfo.getProfileId());
Limits__c mine = Limits__c.getInstance();
mine.Least__c = 2;
upsert mine;`),
    'ok',
  );
  assert.equal(evaluate('Decimal', 'Limits__c.getInstance().Most__c'), 7);
  assert.equal(evaluate('Decimal', 'Limits__c.getInstance().Least__c'), 2);
  assert.equal(evaluate('Decimal', 'Limits__c.getInstance(UserInfo.getProfileId()).Least__c'), 1);
  assert.equal(evaluate('Decimal', 'Limits__c.getOrgDefaults().Most__c'), 5);
  assert.match(String(evaluate('Object', 'Limits__c.getAll()')), /Method does not exist/);
});
