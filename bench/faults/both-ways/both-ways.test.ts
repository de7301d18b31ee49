import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateSchedule, runSchedule } from './index.ts';
import { WrittenFields } from './written-fields.ts';

/** The later ones read a report without rows, and kill the worker while it does. */
const seeds = [...Array.from({ length: 16 }, (_, index) => index + 1), 67, 81, 92, 101];

test(`P-40, P-44, P-48, P-67, N-14: in ${seeds.length} schedules of faults and kills over Pendo, both ways, nothing is lost, doubled, overwritten, written twice or kept from flows, and no request carries a foreign field`, async () => {
  const wrote = { org: 0, pendo: 0 };
  for (const seed of seeds) {
    const ran = await runSchedule(generateSchedule(seed));
    const { wrong, doubled, foreign, restless } = ran;
    assert.deepEqual(
      { wrong, doubled, foreign, restless },
      { wrong: [], doubled: [], foreign: [], restless: [] },
      `seed ${seed}`,
    );
    wrote.org += ran.wrote.org;
    wrote.pendo += ran.wrote.pendo;
  }
  assert(wrote.org > seeds.length / 2 && wrote.pendo > seeds.length, JSON.stringify(wrote));
});

test('P-40: the watch on the requests to the org sees a foreign field, however it is written', () => {
  const account = { attributes: { type: 'Account' }, Id: '001', Pendo_Minutes__c: 1 };
  const data = '/services/data/v66.0';
  const seen = (path: string, body: unknown): readonly string[] => {
    const written = new WrittenFields();
    written.see('PATCH', path, typeof body === 'string' ? body : JSON.stringify(body));
    assert.equal(written.requests, 1);
    return written.foreign;
  };
  assert.deepEqual(seen(`${data}/composite/sobjects`, { records: [account] }), []);
  assert.deepEqual(seen(`${data}/jobs/ingest/750/batches`, 'Id,Pendo_Minutes__c\n001,1\n'), []);
  const path = `PATCH ${data}/composite/sobjects`;
  for (const field of ['Name', 'pendo_x__c', 'PENDO_x__c', 'PendoScore__c'])
    assert.deepEqual(seen(`${data}/composite/sobjects`, { records: [{ ...account, [field]: 1 }] }), [
      `${path} carries ${field}`,
    ]);
  assert.equal(seen(`${data}/sobjects/Account/001`, { Name: 'x' }).length, 1);
  assert.equal(
    seen(`${data}/composite`, { compositeRequest: [{ url: `${data}/sobjects/Account/001`, body: { Name: 'x' } }] })
      .length,
    1,
  );
  assert.equal(seen(`${data}/jobs/ingest/750/batches`, 'Id,Pendo_Minutes__c,Name\n001,1,x\n').length, 1);
});
