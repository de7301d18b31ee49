import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeFixture } from '../fixture.ts';

const lead = (Rating: string | null, Industry: string | null, NumberOfEmployees = 1) => ({
  LastName: 'x',
  Company: 'c',
  Rating,
  Industry,
  NumberOfEmployees,
});

test('ROLLUP adds a subtotal for each level and a total, told apart by GROUPING', () => {
  const { insert, query } = makeFixture();
  insert('Lead', lead('Hot', 'Energy'), lead('Hot', null), lead('Cold', 'Energy'), lead('Hot', 'Energy'));
  const soql =
    'SELECT Rating r, Industry i, GROUPING(Rating) gr, GROUPING(Industry) gi, COUNT(Id) n FROM Lead ' +
    'GROUP BY ROLLUP(Rating, Industry)';
  assert.deepEqual(query(soql), [
    { r: 'Hot', i: 'Energy', gr: 0, gi: 0, n: 2 },
    { r: 'Hot', i: null, gr: 0, gi: 0, n: 1 },
    { r: 'Hot', i: null, gr: 0, gi: 1, n: 3 },
    { r: 'Cold', i: 'Energy', gr: 0, gi: 0, n: 1 },
    { r: 'Cold', i: null, gr: 0, gi: 1, n: 1 },
    { r: null, i: null, gr: 1, gi: 1, n: 4 },
  ]);
  assert.deepEqual(query(`${soql} HAVING GROUPING(Industry) = 1 AND COUNT(Id) > 1 ORDER BY COUNT(Id) DESC`), [
    { r: null, i: null, gr: 1, gi: 1, n: 4 },
    { r: 'Hot', i: null, gr: 0, gi: 1, n: 3 },
  ]);
});

test('every kind of subtotal of CUBE sums up to the same total', () => {
  const value = fc.constantFrom('Hot', 'Warm', null);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, fc.nat(9)), { maxLength: 30 }), (rows) => {
      const { insert, query } = makeFixture();
      const industry = (name: string | null) => (name === null ? null : name === 'Hot' ? 'Energy' : 'Banking');
      if (rows.length > 0)
        insert('Lead', ...rows.map(([rating, other, count]) => lead(rating, industry(other), count)));
      const found = query(
        'SELECT GROUPING(Rating) r, GROUPING(Industry) i, SUM(NumberOfEmployees) n FROM Lead GROUP BY CUBE(Rating, Industry)',
      ) as { r: number; i: number; n: number }[];
      const total = rows.reduce((sum, [, , count]) => sum + count, 0);
      for (const kind of rows.length === 0 ? [] : [0, 1, 2, 3]) {
        const part = found.filter(({ r, i }) => r * 2 + i === kind);
        assert.equal(
          part.reduce((sum, { n }) => sum + n, 0),
          total,
        );
      }
      if (rows.length === 0) assert.deepEqual(found, []);
    }),
    { numRuns: 20 },
  );
});

test('HAVING compares dates and datetimes', () => {
  const { clock, insert, query } = makeFixture();
  insert('Lead', lead('Hot', null));
  clock.advance(48 * 3_600_000);
  insert('Lead', lead('Cold', null));
  const soql = 'SELECT Rating FROM Lead GROUP BY Rating HAVING';
  assert.deepEqual(query(`${soql} MAX(CreatedDate) < 2026-01-02T00:00:00Z`), [{ Rating: 'Hot' }]);
  assert.deepEqual(query(`${soql} MIN(CreatedDate) = TODAY`), [{ Rating: 'Cold' }]);
});
