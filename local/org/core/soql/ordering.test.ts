import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { makeFixture } from '../fixture.ts';

test('any page of an order is that part of all of it, however many are alike', () => {
  const { insert, query } = makeFixture();
  const sites = ['b', 'A', undefined, 'c'];
  const count = 1_500;
  // Alike in runs, and no run where the last page would be: what is dropped early must never be on a page.
  const accounts = Array.from({ length: count }, (_, index) => ({
    Name: `N${(index * 7) % 40}`,
    ...(sites[index % 4] === undefined ? {} : { Site: sites[index % 4] }),
  }));
  insert('Account', ...accounts);
  for (const order of ['Site NULLS LAST, Name DESC, Id', 'Name, Id DESC', 'Site DESC, Id']) {
    const all = query(`SELECT Id, Name, Site FROM Account ORDER BY ${order}`);
    assert.equal(all.length, count);
    const page = fc.record({ limit: fc.integer({ min: 1, max: 700 }), offset: fc.integer({ min: 0, max: 1_600 }) });
    fc.assert(
      fc.property(page, ({ limit, offset }) => {
        const shown = query(`SELECT Id, Name, Site FROM Account ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`);
        assert.deepEqual(shown, all.slice(offset, offset + limit));
      }),
      { numRuns: 20 },
    );
  }
  const first = query('SELECT Name, Site FROM Account ORDER BY Site NULLS LAST, Name DESC, Id LIMIT 1');
  assert.deepEqual(first, [{ Name: 'N7', Site: 'A' }]);
});
