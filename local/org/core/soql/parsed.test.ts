import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryErrors } from './errors.ts';
import { parseQuery } from './parse.ts';
import { parsedQuery } from './parsed.ts';

const asked = (soql: string) => ({ errors: new QueryErrors(soql), apex: undefined });

test('a query that comes again, with other moments too, is what parsing it gives', () => {
  const query = (from: string, to: string, limit = 5): string =>
    `SELECT Id, (SELECT Id FROM Contacts WHERE CreatedDate < ${to}) FROM Account WHERE SystemModstamp >= ${from} AND ` +
    `(CreatedDate < ${to} OR Name = null) ORDER BY Id LIMIT ${limit}`;
  const early = '2026-01-05T01:20:05.000Z';
  const late = '2026-01-05T01:20:25.000Z';
  for (const soql of [query(early, late), query(early, late), query(late, early), query(late, early, 6)])
    assert.deepEqual(parsedQuery(soql, asked(soql)), parseQuery(soql, asked(soql)));
});

test('a moment within quotes is text', () => {
  for (const name of ['2026-01-05T01:20:05Z', '2026-01-05T01:20:06Z']) {
    const soql = `SELECT Id FROM Account WHERE Name = '${name}'`;
    assert.deepEqual(parsedQuery(soql, asked(soql)), parseQuery(soql, asked(soql)));
  }
});

test('what is no query is refused each time', () => {
  const soql = 'SELECT Id FROM WHERE';
  for (let time = 0; time < 2; time += 1) assert.throws(() => parsedQuery(soql, asked(soql)), /unexpected token/);
});
