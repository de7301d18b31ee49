import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';

test('result pages come five at a time, with the address of the next five; together they hold every row once', async () => {
  const { org, clock, call, json } = testOrg({ resultPageRows: 2 });
  const records = Array.from({ length: 13 }, (_, index) => ({ LastName: `L${index}`, Company: 'C' }));
  const session = { userId: org.core.adminUserId, token: '', origin: '' };
  org.core.dml({ operation: 'insert', object: 'Lead', records, allOrNone: true, session });
  const { id } = await json<{ id: string }>('POST', '/jobs/query', {
    operation: 'query',
    query: 'SELECT Id FROM Lead',
  });
  assert.equal((await call('GET', `/jobs/query/${id}/resultPages`)).status, 400);
  clock.advance(1000);
  type Pages = { resultPages: { resultUrl: string }[]; nextRecordsUrl?: string; done: boolean };
  const below = (url: string): string => url.replace('/services/data/v66.0', '');
  const first = await json<Pages>('GET', `/jobs/query/${id}/resultPages`);
  assert.deepEqual([first.resultPages.length, first.done], [5, false]);
  const rest = await json<Pages>('GET', below(first.nextRecordsUrl ?? ''));
  assert.deepEqual([rest.resultPages.length, rest.done, rest.nextRecordsUrl], [2, true, undefined]);
  const ids: string[] = [];
  for (const { resultUrl } of [...first.resultPages, ...rest.resultPages]) {
    const [heading, ...rows] = (await (await call('GET', below(resultUrl))).text()).trim().split('\n');
    assert.match(heading ?? '', /Id/);
    ids.push(...rows);
  }
  assert.deepEqual([ids.length, new Set(ids).size], [13, 13]);
});
