import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { BusEvent } from './bus-event.ts';
import type { EventBus, Replay } from './bus.ts';
import { retentionMilliseconds } from './event-log.ts';
import { testOrg } from './test-org.ts';

const topic = '/data/LeadChangeEvent';
const lead = { LastName: 'Bee', Company: 'Bees', Email: 'bee@example.com' };

function readAll(bus: EventBus, from: Replay, of = topic): readonly BusEvent[] {
  return bus.open(of, from).read(100_000);
}

test('a create tells its values, an update what changed, a delete nothing; other objects nothing at all', () => {
  const { bus, org, session, insert, update } = testOrg();
  insert('Account', { Name: 'Not selected' });
  const id = insert('Lead', lead);
  update('Lead', { Id: id, Company: 'Wasps', Email: null });
  org.dml({ operation: 'delete', object: 'Lead', records: [{ Id: id }], allOrNone: true, session });
  const [created, updated, deleted, ...more] = readAll(bus, { preset: 'earliest' });
  assert.equal(more.length, 0);
  assert.deepEqual([created?.header?.changeType, created?.header?.recordIds], ['CREATE', [id]]);
  assert.equal(created?.values.get('Company'), 'Bees');
  assert.equal(created?.header?.changeOrigin, 'com/salesforce/api/rest/66.0;client=test');
  assert.ok(![...(created?.values.values() ?? [])].includes(null));
  assert.equal(updated?.header?.changeType, 'UPDATE');
  assert.deepEqual(updated?.header?.changedFields.toSorted(), ['Company', 'Email', 'LastModifiedDate']);
  assert.deepEqual(updated?.header?.nulledFields, ['Email']);
  assert.deepEqual([deleted?.header?.changeType, deleted?.values.size], ['DELETE', 0]);
  const numbers = [created, updated, deleted].map((event) => event?.header?.commitNumber ?? 0);
  assert.deepEqual(
    numbers,
    numbers.toSorted((left, right) => left - right),
  );
});

test('the iterator starts at the latest, goes on as events come, and ends with its signal', async () => {
  const { bus, insert } = testOrg();
  insert('Lead', lead);
  const ending = new AbortController();
  const events = bus.subscribe(topic, { preset: 'latest' }, ending.signal);
  const first = events.next();
  const ids = [insert('Lead', lead), insert('Lead', lead)];
  assert.deepEqual(((await first).value as BusEvent).header?.recordIds, [ids[0]]);
  assert.deepEqual(((await events.next()).value as BusEvent).header?.recordIds, [ids[1]]);
  const parked = events.next();
  ending.abort();
  assert.equal((await parked).done, true);
});

test('reading in any portions from any event gives what comes after it, once and in order', () => {
  const { bus, insert } = testOrg();
  for (let count = 0; count < 40; count++) insert(count % 3 === 0 ? 'Bell__e' : 'Lead', count % 3 === 0 ? {} : lead);
  const all = readAll(bus, { preset: 'earliest' });
  fc.assert(
    fc.property(
      fc.nat(all.length - 1),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40 }),
      (from, portions) => {
        const start = all[from] as BusEvent;
        const reader = bus.open(topic, { preset: 'custom', replayId: start.replayId });
        const read = portions.flatMap((most) => reader.read(most));
        assert.deepEqual(
          read.map(({ id }) => id),
          all.slice(from + 1).map(({ id }) => id),
        );
      },
    ),
  );
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  const gaps = all.slice(1).map(({ replayId }, index) => replayId - (all[index] as BusEvent).replayId);
  assert.ok(gaps.some((gap) => gap > 1) && gaps.every((gap) => gap > 0));
});

test('events are kept 72 hours; a purged place and a made-up one are told apart', () => {
  const { bus, clock, insert } = testOrg();
  insert('Lead', lead);
  insert('Lead', lead);
  const [first] = readAll(bus, { preset: 'earliest' });
  assert.equal(readAll(bus, { preset: 'custom', replayId: first?.replayId ?? 0 }).length, 1);
  clock.advance(retentionMilliseconds + 3_600_000);
  insert('Lead', lead);
  const purged = /replayid.validation.failed/;
  assert.throws(() => readAll(bus, { preset: 'custom', replayId: first?.replayId ?? 0 }), { errorCode: purged });
  assert.throws(() => readAll(bus, { preset: 'custom', replayId: bus.latest + 1 }), {
    errorCode: /replayid.corrupted/,
  });
  assert.equal(readAll(bus, { preset: 'earliest' }).length, 1);
});

test('gap and overflow events carry no field data', () => {
  const { bus, insert } = testOrg();
  const id = insert('Lead', lead);
  bus.gap('Lead', [id], 'GAP_UPDATE');
  bus.gap('Lead', [], 'GAP_OVERFLOW');
  const [, gap, overflow] = readAll(bus, { preset: 'earliest' });
  assert.deepEqual([gap?.header?.changeType, gap?.header?.recordIds, gap?.values.size], ['GAP_UPDATE', [id], 0]);
  assert.deepEqual(overflow?.header?.recordIds, ['000000000000000AAA']);
});

test('a reader that fell behind what is kept is told, never given fewer events in silence', () => {
  const { bus, insert } = testOrg({ mostEvents: 10 });
  const reader = bus.open(topic, { preset: 'latest' });
  for (let count = 0; count < 11; count++) insert('Lead', lead);
  assert.throws(() => reader.read(100), { errorCode: /validation.failed/ });
  assert.equal(readAll(bus, { preset: 'earliest' }).length, 10);
});

test('deliveries count for every reader and stop at the allocation of the day', () => {
  const { bus, clock, insert } = testOrg();
  for (let count = 0; count < 3; count++) insert('Lead', lead);
  readAll(bus, { preset: 'earliest' });
  readAll(bus, { preset: 'earliest' });
  assert.equal(bus.delivered, 6);
  bus.dailyAllocation = 8;
  assert.throws(() => readAll(bus, { preset: 'earliest' }), { status: 'RESOURCE_EXHAUSTED' });
  clock.advance(24 * 3_600_000);
  assert.equal(readAll(bus, { preset: 'earliest' }).length, 3);
});

test('five objects can be selected; topics are those of the selected ones, in their own case', () => {
  const { bus } = testOrg();
  assert.throws(() => bus.selectEntities(['Lead', 'Contact', 'Account', 'User', 'Task', 'Opportunity']), {
    errorCode: /LIMIT|INVALID_TYPE/,
  });
  assert.throws(() => bus.selectEntities(['Nothing']), { errorCode: 'INVALID_TYPE' });
  assert.deepEqual(bus.selected, ['Lead']);
  for (const wrong of ['/data/leadchangeevent', '/data/ContactChangeEvent', '/event/Other__e', '/event/bell__e']) {
    assert.throws(() => readAll(bus, { preset: 'latest' }, wrong), { status: 'NOT_FOUND' });
  }
  for (const right of ['/data/ChangeEvents', '/event/Bell__e'])
    assert.equal(readAll(bus, { preset: 'latest' }, right).length, 0);
});

test('what one transaction did alike to several records is one event, and one delivery', () => {
  const { bus, org, session, insert } = testOrg();
  const ids = [insert('Lead', lead), insert('Lead', lead), insert('Lead', lead)];
  const start = bus.latest;
  const records = ids.map((Id, index) => ({ Id, Company: index === 2 ? 'Others' : 'Wasps' }));
  org.dml({ operation: 'update', object: 'Lead', records, allOrNone: true, session });
  const delivered = bus.delivered;
  const [both, other, ...more] = readAll(bus, { preset: 'custom', replayId: start });
  assert.equal(more.length, 0);
  assert.equal(bus.delivered - delivered, 2);
  assert.deepEqual(both?.header?.recordIds, ids.slice(0, 2));
  assert.equal(both.values.get('Company'), 'Wasps');
  assert.deepEqual(other?.header?.recordIds, ids.slice(2));
  assert.deepEqual(readAll(bus, { preset: 'custom', replayId: both.replayId }).length, 1);
  org.dml({ operation: 'delete', object: 'Lead', records: ids.map((Id) => ({ Id })), allOrNone: true, session });
  const [deleted, ...rest] = readAll(bus, { preset: 'custom', replayId: other.replayId });
  assert.deepEqual([deleted?.header?.recordIds, rest.length], [ids, 0]);
});
