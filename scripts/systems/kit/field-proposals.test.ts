import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDescription, FieldProposal, ObjectDescription } from '../../engine/index.ts';
import { proposeFields } from './field-proposals.ts';

const naming = {
  prefix: 'Pendo_',
  refusal: (path: string) => (path === 'accountId' ? 'accountId tells records apart; it is not pushed.' : undefined),
};

function describing(fields: Readonly<Record<string, string | Partial<FieldDescription>>>): ObjectDescription {
  const described = Object.entries(fields).map(([path, given]): [string, FieldDescription] => {
    const more = typeof given === 'string' ? { type: given } : given;
    const usual = { label: path, type: 'string', nillable: true, readable: true, writable: true };
    return [path, { path, ...usual, ...more }];
  });
  return { object: 'x', label: 'Usage of accounts', fields: new Map(described) };
}

function propose(
  columns: ObjectDescription,
  object = describing({}),
  key?: { readonly source: string; readonly target: string },
): readonly FieldProposal[] {
  return proposeFields({ naming, systemLabel: 'Pendo', columns, object, period: 'Last 30 days', key });
}

function usable(proposal: FieldProposal | undefined): Extract<FieldProposal, { readonly target: string }> {
  assert(proposal && 'target' in proposal, JSON.stringify(proposal));
  return proposal;
}

test('P-42: each column gets a field of the right type, with length, label and help', () => {
  const columns = describing({
    accountId: 'string',
    timeOnSite: 'float',
    visitors: 'integer',
    lastVisit: 'datetime',
    firstDay: 'date',
    active: 'boolean',
    plan: { type: 'string', length: 12 },
    notes: { type: 'string', length: 300 },
    tags: 'list',
    nested: { type: 'object', readable: false },
    blob: 'geo',
  });
  const shapes = propose(columns).map((each) =>
    'target' in each ? [each.target, each.shape, each.transform] : [each.source, each.cannotUse],
  );
  assert.deepEqual(shapes, [
    ['accountId', 'accountId tells records apart; it is not pushed.'],
    ['Pendo_TimeOnSite_Last30Days__c', { type: 'Number', precision: 18, scale: 2 }, 'twoDecimals'],
    ['Pendo_Visitors_Last30Days__c', { type: 'Number', precision: 18, scale: 0 }, undefined],
    ['Pendo_LastVisit_Last30Days__c', { type: 'DateTime' }, 'datetime'],
    ['Pendo_FirstDay_Last30Days__c', { type: 'Date' }, undefined],
    ['Pendo_Active_Last30Days__c', { type: 'Checkbox' }, undefined],
    ['Pendo_Plan_Last30Days__c', { type: 'Text', length: 255 }, undefined],
    ['Pendo_Notes_Last30Days__c', { type: 'LongTextArea', length: 32_768 }, undefined],
    ['Pendo_Tags_Last30Days__c', { type: 'LongTextArea', length: 32_768 }, 'text'],
    ['nested', 'nested cannot be read.'],
    ['blob', 'blob is a geo, which no field of the org can hold.'],
  ]);
  const time = usable(propose(columns)[1]);
  assert.equal(time.label, 'Time on site, last 30 days');
  assert.match(
    time.help,
    /^Time on site from Pendo: Usage of accounts, last 30 days\. Plumbline .* overwrites edits\.$/,
  );
});

test('P-41: asked again once they are there, the same fields are proposed, as there already', () => {
  const columns = describing({ timeOnSite: 'float', 'time on site': 'float', visitors: 'integer' });
  const first = propose(columns).map(usable);
  assert.deepEqual(
    first.map(({ target, exists }) => [target, exists]),
    [
      ['Pendo_TimeOnSite_Last30Days__c', false],
      ['Pendo_TimeOnSite2_Last30Days__c', false],
      ['Pendo_Visitors_Last30Days__c', false],
    ],
  );
  const made = describing(Object.fromEntries(first.map(({ target }) => [target, { type: 'double', scale: 2 }])));
  const second = propose(columns, made).map(usable);
  assert.deepEqual(
    second.map(({ target }) => target),
    first.map(({ target }) => target),
  );
  assert(second.every(({ exists }) => exists));
});

test('P-41: a field of another type, in other letters or that cannot be written is passed by', () => {
  const columns = describing({ visitors: 'integer' });
  const target = (there: Readonly<Record<string, string | Partial<FieldDescription>>>): string =>
    usable(propose(columns, describing(there))[0]).target;
  assert.equal(target({ Pendo_Visitors_Last30Days__c: 'string' }), 'Pendo_Visitors2_Last30Days__c');
  assert.equal(target({ PENDO_visitors_Last30Days__c: 'double' }), 'Pendo_Visitors2_Last30Days__c');
  const locked = { type: 'double', writable: false };
  assert.equal(target({ Pendo_Visitors_Last30Days__c: locked }), 'Pendo_Visitors2_Last30Days__c');
});

test('P-60: the field that holds the system’s IDs is proposed as an external ID, where it is one of its own', () => {
  const columns = describing({ accountId: 'string' });
  const [own] = propose(columns, undefined, { source: 'accountId', target: 'Pendo_AccountId__c' }).map(usable);
  assert.deepEqual(own?.shape, { type: 'Text', length: 255, isKey: true });
  assert.deepEqual([own?.target, own?.label, own?.exists], ['Pendo_AccountId__c', 'Account id', false]);
  const [other] = propose(columns, undefined, { source: 'accountId', target: 'AccountNumber' });
  assert(other && 'cannotUse' in other, 'a key field of others is not made');
});
