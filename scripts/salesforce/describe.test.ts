import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../engine/index.ts';
import { createDescriber } from './describe.ts';
import { testObjects } from './testing/index.ts';

const rights = { create: true, edit: true, delete: true };

function describer(): { readonly asked: string[]; readonly describer: ReturnType<typeof createDescriber> } {
  const asked: string[] = [];
  const ask = async (name: string) => {
    asked.push(name);
    return { name, label: name, rights, recordTypes: [], fields: testObjects[name] ?? [] };
  };
  return { asked, describer: createDescriber(ask) };
}

test('paths are resolved through parents, whatever their case, and each object is asked for once', async () => {
  const { asked, describer: schema } = describer();
  const { fields, parentStamps } = await schema.paths('Contact', [
    'email',
    'account.NAME',
    'Account.Owner.Email',
    'Owner.Name',
  ]);
  assert.deepEqual(
    fields.map(({ path }) => path),
    ['Email', 'Account.Name', 'Account.Owner.Email', 'Owner.Name'],
  );
  assert.deepEqual(
    fields.map(({ parent }) => parent),
    [
      undefined,
      { object: 'Account', reference: 'AccountId' },
      { object: 'User', reference: 'Account.OwnerId' },
      { object: 'User', reference: 'OwnerId' },
    ],
  );
  assert.deepEqual(parentStamps, ['Account.Owner.SystemModstamp', 'Account.SystemModstamp', 'Owner.SystemModstamp']);
  assert.deepEqual(asked, ['Contact', 'Account', 'User']);
});

test("a lead's owner is a user or a queue: its name is readable, its stamp is not", async () => {
  const { describer: schema } = describer();
  const { fields, parentStamps } = await schema.paths('Lead', ['Owner.Email', 'Owner.IsActive', 'Owner.Type']);
  assert.deepEqual(
    fields.map(({ parent }) => parent?.object),
    ['User', 'User', 'User'],
  );
  assert.deepEqual(parentStamps, []);
  await assert.rejects(schema.paths('Lead', ['Owner.SystemModstamp']), SettingsError);
});

test('K-08, K-11: a field that is not there, or not shown to us, is named with its place', async () => {
  const { describer: schema } = describer();
  await assert.rejects(
    schema.paths('Lead', ['Hidden__c']),
    /Lead\.Hidden__c cannot be read: Lead has no field "Hidden__c"/,
  );
  await assert.rejects(schema.paths('Contact', ['Account.Hidden__c']), /Contact\.Account\.Hidden__c/);
  await assert.rejects(schema.paths('Lead', ['Boss.Name']), /no parent "Boss"/);
  await assert.rejects(schema.paths('Lead', ['Address']), /Lead\.Address is a address|Map its parts/);
});

test('the description holds own fields and the asked parents', async () => {
  const { describer: schema } = describer();
  const { fields } = await schema.describe('Contact', ['Email', 'Account.Name']);
  assert.equal(fields.get('Score__c')?.type, 'double');
  assert.equal(fields.get('Account.Name')?.writable, false);
  assert.deepEqual(fields.get('Account.Name')?.parent, { object: 'Account', reference: 'AccountId' });
});

test('a describe that failed is asked for again', async () => {
  let times = 0;
  const schema = createDescriber(async (name) => {
    times += 1;
    if (times === 1) throw new Error('cut');
    return { name, label: name, rights, recordTypes: [], fields: testObjects[name] ?? [] };
  });
  await assert.rejects(schema.object('Lead'), /cut/);
  assert.equal((await schema.object('Lead')).name, 'Lead');
});

test('I-22: the description tells the first 3 characters of the IDs, where the object has its own', async () => {
  const prefixes: Record<string, string | null> = { Lead: '00Q', Contact: '003', ContactHistory: null };
  const schema = createDescriber(async (name) => ({
    name,
    label: name,
    rights,
    recordTypes: [],
    keyPrefix: prefixes[name] ?? null,
    fields: testObjects['Lead'] ?? [],
  }));
  assert.equal((await schema.describe('Lead', [])).keyPrefix, '00Q');
  assert.equal((await schema.describe('Contact', [])).keyPrefix, '003');
  assert.equal('keyPrefix' in (await schema.describe('ContactHistory', [])), false);
});

test('P-32: fields are known by their API names: a new label breaks nothing, a label in the place of a name is refused', async () => {
  const labelled = (label: string) =>
    createDescriber(async (name) => {
      const fields = (testObjects[name] ?? []).map((each) => (each.name === 'Score__c' ? { ...each, label } : each));
      return { name, label: name, rights, recordTypes: [], fields };
    });
  for (const label of ['Score', 'Health score']) {
    const { fields } = await labelled(label).paths('Contact', ['Score__c']);
    assert.deepEqual(
      fields.map(({ path }) => path),
      ['Score__c'],
    );
  }
  await assert.rejects(labelled('Health score').paths('Contact', ['Health score']), (error) => {
    assert(error instanceof SettingsError);
    assert.match(error.message + error.actions.join(' '), /Health score.*API name/s);
    return true;
  });
});
