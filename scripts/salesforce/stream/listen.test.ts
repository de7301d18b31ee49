import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  CredentialsError,
  PositionLostError,
  RetryError,
  SettingsError,
  type StreamEvent,
} from '../../engine/index.ts';
import type { ReadDeliveries } from './allowance.ts';
import { createChangeStream } from './listen.ts';
import { createManualClock, createTestTopics, follow, settle } from './testing/index.ts';
import type { TopicEvent } from './topic.ts';

const leads = '/data/LeadChangeEvent';
const doorbell = '/event/Plumbline_Doorbell__e';

function change(replayId: string, id: string, changeType = 'UPDATE'): TopicEvent {
  return { kind: 'change', replayId, changeType, recordIds: [id], commitTimestamp: 1000 };
}

async function start(objects: readonly string[], deliveries?: ReadDeliveries) {
  const clock = createManualClock();
  const topics = createTestTopics();
  const ending = new AbortController();
  const options = { open: topics.open, clock, random: () => 1, ...(deliveries === undefined ? {} : { deliveries }) };
  const followed = follow(createChangeStream(options).listen(objects, ending.signal));
  await settle();
  const kinds = (kind: StreamEvent['kind']): StreamEvent[] => followed.events.filter((event) => event.kind === kind);
  const state = (): Extract<StreamEvent, { kind: 'state' }> | undefined =>
    followed.events.findLast((event) => event.kind === 'state');
  const stop = async (): Promise<void> => {
    ending.abort();
    await followed.ended;
  };
  return { clock, topics, followed, kinds, state, stop };
}

test('I-05: changes and commands come as they are told, by ID alone', async () => {
  const { topics, followed, kinds, stop } = await start(['Lead', 'Site__c']);
  topics.latest(leads).send(change('01', '00Q1'));
  topics.latest('/data/Site__ChangeEvent').send(change('02', 'a011', 'DELETE'));
  topics.latest(doorbell).send({ kind: 'doorbell', replayId: '03', commandId: 'a001' });
  await settle();
  assert.deepEqual(kinds('changed'), [
    { kind: 'changed', object: 'Lead', ids: ['00Q1'], stamp: 1000, deleted: false },
    { kind: 'changed', object: 'Site__c', ids: ['a011'], stamp: 1000, deleted: true },
  ]);
  assert.deepEqual(kinds('doorbell'), [{ kind: 'doorbell', commandId: 'a001' }]);
  await stop();
  assert.ok(followed.events.length > 0);
});

test('N-14: what we wrote ourselves is not hurried back to us; what others write is', async () => {
  const { topics, kinds, stop } = await start(['Lead']);
  const from = (replayId: string, id: string, changeOrigin: string): TopicEvent => ({
    ...(change(replayId, id) as Extract<TopicEvent, { kind: 'change' }>),
    changeOrigin,
  });
  topics.latest(leads).send(from('01', '00Q1', 'com/salesforce/api/rest/66.0;client=Plumbline'));
  topics.latest(leads).send(from('02', '00Q2', 'com/salesforce/api/rest/66.0;client=Plumbline Reports'));
  topics.latest(leads).send(from('03', '00Q3', ''));
  await settle();
  assert.deepEqual(
    kinds('changed').map((event) => 'ids' in event && event.ids),
    [['00Q2'], ['00Q3']],
  );
  await stop();
});

test('a stream without events counts as open after a quiet moment', async () => {
  const { clock, state, stop } = await start(['Lead']);
  assert.equal(state(), undefined);
  await clock.advance(2_000);
  assert.deepEqual(state(), { kind: 'state', listening: true, detail: 'Listening for commands, Lead.' });
  await stop();
});

test('an object that the org does not tell of is left to polling, and tried again later', async () => {
  const { clock, topics, state, stop } = await start(['Lead', 'Contact']);
  topics.latest(leads).fail(new SettingsError('no such topic.', []));
  await clock.advance(2_000);
  assert.equal(state()?.listening, true);
  assert.equal(state()?.detail, 'Listening for commands, Contact. Polling Lead instead: no such topic.');
  const before = topics.openings.length;
  await clock.advance(14 * 60_000);
  assert.equal(topics.openings.length, before);
  await clock.advance(60_000);
  assert.equal(topics.openings.length, before + 1);
  await stop();
});

test('a stream that fails is opened again from its last place, after ever longer pauses', async () => {
  const { clock, topics, kinds, stop } = await start(['Lead']);
  topics.latest(leads).send(change('0a', '00Q1'));
  topics.latest(leads).send({ kind: 'silence', replayId: '0b' });
  await settle();
  topics.latest(leads).fail(new RetryError('away', []));
  const of = () => topics.openings.filter(({ topic }) => topic === leads);
  for (const [pause, openings] of [
    [1_000, 2],
    [2_000, 3],
    [4_000, 4],
  ] as const) {
    await clock.advance(pause - 1);
    assert.equal(of().length, openings - 1);
    await clock.advance(1);
    assert.equal(of().length, openings);
    topics.latest(leads).fail(new RetryError('away', []));
  }
  assert.deepEqual(
    of().map(({ after }) => after),
    [undefined, '0b', '0b', '0b'],
  );
  assert.equal(kinds('gap').length, 0);
  await stop();
});

test('K-47: a place that is no longer kept is a gap, and the stream goes on from now', async () => {
  const { topics, kinds, stop } = await start(['Lead']);
  topics.latest(leads).send(change('0a', '00Q1'));
  await settle();
  topics.latest(leads).fail(new PositionLostError('purged', []));
  await settle();
  assert.deepEqual(kinds('gap'), [{ kind: 'gap', object: 'Lead' }]);
  assert.equal(topics.latest(leads).after, undefined);
  await stop();
});

test('K-47: gap events name their records; an overflow and what cannot be read are a gap of the object', async () => {
  const { topics, kinds, stop } = await start(['Lead']);
  topics.latest(leads).send(change('01', '00Q1', 'GAP_UPDATE'));
  topics.latest(leads).send(change('02', '000000000000000AAA', 'GAP_OVERFLOW'));
  topics.latest(leads).send({ kind: 'unreadable', replayId: '03' });
  topics.latest(doorbell).send({ kind: 'unreadable', replayId: '04' });
  await settle();
  assert.equal(kinds('changed').length, 1);
  assert.deepEqual(kinds('gap'), [
    { kind: 'gap', object: 'Lead' },
    { kind: 'gap', object: 'Lead' },
  ]);
  await stop();
});

test('a refused session is told in the state, and tried again', async () => {
  const { clock, topics, state, stop } = await start(['Lead']);
  for (const topic of [leads, doorbell]) topics.latest(topic).fail(new CredentialsError('session refused.', []));
  await clock.advance(500);
  assert.deepEqual(
    [state()?.listening, state()?.detail.includes('Polling Lead instead: session refused.')],
    [false, true],
  );
  await clock.advance(3_000);
  assert.equal(topics.openings.length, 4);
  assert.equal(state()?.listening, true);
  await stop();
});

test('streams end at 80% of the deliveries of the day, and open again when there are more', async () => {
  let used = 10;
  const { clock, topics, state, kinds, stop } = await start(['Lead'], async () => ({ used, limit: 100 }));
  await clock.advance(2_000);
  assert.equal(state()?.listening, true);
  used = 80;
  await clock.advance(10 * 60_000);
  assert.equal(state()?.listening, false);
  assert.match(state()?.detail ?? '', /Polling Lead instead: The org has used 80 of the 100 event deliveries of a day/);
  const before = topics.openings.length;
  await clock.advance(30 * 60_000);
  assert.equal(topics.openings.length, before);
  used = 70;
  await clock.advance(21 * 60_000);
  assert.equal(state()?.listening, true);
  assert.ok(kinds('gap').length > 0);
  await stop();
});

test('an error that is not about the stream is not swallowed', async () => {
  const { topics, followed } = await start(['Lead']);
  topics.latest(leads).fail(new TypeError('a mistake'));
  await assert.rejects(followed.ended, TypeError);
});

test('whatever fails, in any order: each event is told, or a gap after it', async () => {
  const step = fc.constantFrom('event', 'silence', 'retry', 'end', 'lost', 'refused');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { clock, topics, followed, stop } = await start(['Lead']);
      const happened: { readonly id: string; readonly after: number }[] = [];
      let place = 0;
      let open = true;
      for (const what of steps) {
        place += 1;
        const replayId = place.toString(16).padStart(4, '0');
        if (what === 'event') {
          happened.push({ id: `${place}`, after: followed.events.length });
          if (open) topics.latest(leads).send(change(replayId, `${place}`));
        } else if (what === 'silence' && open) topics.latest(leads).send({ kind: 'silence', replayId });
        else if (open) {
          await settle();
          if (what === 'retry') topics.latest(leads).fail(new RetryError('away', []));
          if (what === 'end') topics.latest(leads).end();
          if (what === 'lost') topics.latest(leads).fail(new PositionLostError('purged', []));
          if (what === 'refused') topics.latest(leads).fail(new SettingsError('no', []));
          // Events that happen while it is closed are not seen, unless it is resumed: the org plays them again then.
          open = false;
        }
        if (!open) {
          const before = topics.openings.length;
          await clock.advance(20 * 60_000);
          assert.ok(topics.openings.length > before);
          open = true;
          const { after } = topics.latest(leads);
          for (const { id } of happened) {
            const at = Number(id).toString(16).padStart(4, '0');
            if (after !== undefined && at > after) topics.latest(leads).send(change(at, id));
          }
        }
        await settle();
      }
      const told = new Set(followed.events.flatMap((event) => (event.kind === 'changed' ? event.ids : [])));
      for (const { id, after } of happened) {
        assert.ok(told.has(id) || followed.events.slice(after).some(({ kind }) => kind === 'gap'), id);
      }
      await stop();
    }),
    { numRuns: 60 },
  );
});
