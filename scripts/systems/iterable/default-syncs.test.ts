import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileMapping, type Cell } from '../../mapping/index.ts';
import { defaultSyncs } from './index.ts';

const [leads, contacts] = defaultSyncs('iterable');

/** What a sync makes of a record given by its field paths. */
function mapped(sync: typeof leads, record: Readonly<Record<string, Cell>>): unknown {
  assert.ok(sync);
  const fields = sync.mappings.map(({ source }) => source);
  return JSON.parse(compileMapping(sync.mappings, fields)(fields.map((field) => record[field] ?? null)));
}

// Source in I-14 is the field LeadSource of a lead.
const golden = [
  ['Email→email', leads, { Email: 'Ada@X.example' }, { email: 'ada@x.example' }],
  ['FirstName→dataFields.Name.First', leads, { FirstName: 'Ada' }, { dataFields: { Name: { First: 'Ada' } } }],
  ['LastName→dataFields.Name.Last', leads, { LastName: 'Lovelace' }, { dataFields: { Name: { Last: 'Lovelace' } } }],
  ['Id→dataFields.Salesforce.Id', leads, { Id: '00Q1' }, { dataFields: { Salesforce: { Id: '00Q1' } } }],
  ['Status→dataFields.Lead.Status', leads, { Status: 'Open' }, { dataFields: { Lead: { Status: 'Open' } } }],
  ['Source→dataFields.Lead.Source', leads, { LeadSource: 'Web' }, { dataFields: { Lead: { Source: 'Web' } } }],
  [
    'Account.Id→dataFields.Company.Salesforce.Id',
    contacts,
    { 'Account.Id': '0011' },
    { dataFields: { Company: { Salesforce: { Id: '0011' } } } },
  ],
  [
    'Account.Name→dataFields.Company.Name',
    contacts,
    { 'Account.Name': 'Acme' },
    { dataFields: { Company: { Name: 'Acme' } } },
  ],
  [
    'Owner.Email→dataFields.Owner.Email',
    leads,
    { 'Owner.Email': 'o@x.example' },
    { dataFields: { Owner: { Email: 'o@x.example' } } },
  ],
  ['Owner.Name→dataFields.Owner.Name', contacts, { 'Owner.Name': 'Olga' }, { dataFields: { Owner: { Name: 'Olga' } } }],
  [
    'Owner.IsActive→dataFields.Owner.Salesforce.Active',
    leads,
    { 'Owner.IsActive': false },
    { dataFields: { Owner: { Salesforce: { Active: false } } } },
  ],
  [
    'Owner.Id→dataFields.Owner.Salesforce.Id',
    contacts,
    { 'Owner.Id': '0051' },
    { dataFields: { Owner: { Salesforce: { Id: '0051' } } } },
  ],
] as const;

for (const [title, sync, record, target] of golden) {
  test(`I-14: ${title}`, () => assert.deepEqual(mapped(sync, record), target));
}

test("a lead's company is its company's name", () => {
  assert.deepEqual(mapped(leads, { Company: 'Acme' }), { dataFields: { Company: { Name: 'Acme' } } });
});

test('I-15: nested in, nested out', () => {
  const contact = {
    Email: 'ada@x.example',
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Id: '0031',
    'Account.Id': '0011',
    'Account.Name': 'Acme',
    'Owner.Email': 'o@x.example',
    'Owner.Name': 'Olga',
    'Owner.IsActive': true,
    'Owner.Id': '0051',
  };
  assert.deepEqual(mapped(contacts, contact), {
    email: 'ada@x.example',
    dataFields: {
      Name: { First: 'Ada', Last: 'Lovelace' },
      Salesforce: { Id: '0031' },
      Company: { Salesforce: { Id: '0011' }, Name: 'Acme' },
      Owner: { Email: 'o@x.example', Name: 'Olga', Salesforce: { Active: true, Id: '0051' } },
    },
  });
});

test('I-01, I-02: leads and contacts go to users, one way; accounts come along as parents', () => {
  assert.deepEqual(
    defaultSyncs('main').map(({ salesforceObject, systemObject, direction }) => [
      salesforceObject,
      systemObject,
      direction,
    ]),
    [
      ['Lead', 'user', 'salesforceToSystem'],
      ['Contact', 'user', 'salesforceToSystem'],
    ],
  );
  assert.ok(contacts?.mappings.some(({ source }) => source.startsWith('Account.')));
});

test('I-X6: a contact wins over a lead; K-31: no blank wipes a value; I-X3: deletes are ignored', () => {
  assert.ok((contacts?.precedence ?? 0) > (leads?.precedence ?? 0));
  for (const sync of defaultSyncs('main')) {
    assert.ok(sync.mappings.every(({ blank }) => blank === 'keep'));
    assert.equal(sync.rules.delete, 'ignore');
    assert.notEqual(sync.include, '');
  }
});
