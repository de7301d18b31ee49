import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg } from './local-org.ts';

test('K-47: the clock of an org is moved over HTTP, and an event of 73 hours ago is not kept', async () => {
  const org = createLocalOrg();
  const { core, events } = org;
  const move = (body: object): Promise<Response> =>
    org.fetch(new Request('http://org.local/local/clock', { method: 'POST', body: JSON.stringify(body) }));
  events.selectEntities(['Lead']);
  const session = { userId: core.adminUserId, token: '', origin: '' };
  const save = (LastName: string) =>
    core.dml({ operation: 'insert', object: 'Lead', records: [{ LastName, Company: 'C' }], allOrNone: true, session });
  const read = () => events.open('/data/LeadChangeEvent', { preset: 'earliest' }).read(10);
  save('early');
  const before = Date.parse(((await (await move({ advanceMilliseconds: 0 })).json()) as { now: string }).now);
  const moved = await move({ advanceMilliseconds: 73 * 3_600_000 });
  assert.ok(Date.parse(((await moved.json()) as { now: string }).now) >= before + 73 * 3_600_000);
  save('late');
  assert.deepEqual(
    read().map((event) => event.header?.changeType),
    ['CREATE'],
  );
  assert.equal((await move({ advanceMilliseconds: -1 })).status, 400);
});
