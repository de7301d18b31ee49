import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SettingsError } from '../engine/index.ts';
import { filter, idsPerQuery, isRecordId, literal, maxUriBytes, queryPath, quote, select } from './soql.ts';

const hostile = ["' OR Id != null --", "003'); DELETE", '\\', "\\'", 'a"b', 'x\ny', '[003]', "'] OR ['"];

/** Reads a SOQL text back, by the escapes of the SOQL reference. */
function unquote(text: string): string {
  assert.match(text, /^'(?:[^'\\\n\r]|\\.)*'$/s, 'one quoted text and nothing after it');
  const plain: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return text.slice(1, -1).replace(/\\(.)/gs, (_all, character: string) => plain[character] ?? character);
}

test('I-13: IDs are quoted with single quotes and carry no brackets', () => {
  assert.equal(literal(['00Q000000000001AAA', '00Q000000000002AAA']), "('00Q000000000001AAA','00Q000000000002AAA')");
  for (const id of hostile) {
    assert.equal(unquote(literal(id)), id);
    assert.equal(isRecordId(id), false);
  }
});

test('I-13: whatever a text holds, quoting keeps it one text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile)),
      (text) => unquote(quote(text)) === text,
    ),
  );
});

test('values are written as SOQL has them', () => {
  assert.equal(literal(null), 'null');
  assert.equal(literal(true), 'true');
  assert.equal(literal(1.5), '1.5');
  assert.equal(literal(new Date(0)), '1970-01-01T00:00:00.000Z');
  assert.throws(() => literal(Number.NaN), SettingsError);
});

test('names that are no names are refused', () => {
  for (const name of ['Id FROM Lead--', 'Email, Id', '', '1abc', 'Account..Name', "Name'"]) {
    assert.throws(() => select({ fields: [name], from: 'Lead' }), SettingsError, name);
    assert.throws(() => select({ fields: ['Id'], from: `${name} ` }), SettingsError, name);
  }
  const where = ['A = 1', 'B = 2'];
  assert.equal(
    select({ fields: ['Id', 'Account.Name'], from: 'Contact', where, orderBy: ['Id'], limit: 5 }),
    'SELECT Id, Account.Name FROM Contact WHERE A = 1 AND B = 2 ORDER BY Id LIMIT 5',
  );
});

test('K-13: a filter is one whole condition, or the word all', () => {
  assert.equal(filter('all'), undefined);
  assert.equal(filter("Name = ')' AND (A = 1 OR B = 'it\\'s')"), "(Name = ')' AND (A = 1 OR B = 'it\\'s'))");
  for (const include of ['', 'A = 1) OR (B = 2', 'A = 1)', '(A = 1', "Name = 'open", '   ']) {
    assert.throws(() => filter(include), SettingsError, include);
  }
});

test('K-04: a list of IDs is cut so that the URI keeps within its limit', () => {
  const without = select({ fields: ['Id', 'Email', 'Owner.Name'], from: 'Lead', where: [`Id IN ${literal([])}`] });
  const fit = idsPerQuery(without);
  const ids = Array.from({ length: fit }, (_none, index) => `00Q${String(index).padStart(15, '0')}`);
  const path = queryPath('query', '66.0', without.replace('()', literal(ids)));
  assert.ok(path.length <= maxUriBytes && path.length > maxUriBytes - 100, `${path.length} bytes`);
  assert.equal(new URL(path, 'https://x').searchParams.get('q'), without.replace('()', literal(ids)));
  assert.throws(() => idsPerQuery(`SELECT ${'LongField__c, '.repeat(2_000)}Id FROM Lead`), /Map fewer fields|too long/);
});
