import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createOrg, manualClock, type Org, type Session } from '../../../local/org/core/index.ts';
import { EventBus, startPubSub, type PubSub } from '../../../local/org/pubsub/index.ts';
import { CredentialsError, PositionLostError, RetryError, SettingsError, WaitError } from '../../engine/index.ts';
import { createPubSubTopics, type PubSubConnection } from './grpc-topic.ts';
import { createManualClock } from './testing/index.ts';
import type { TopicEvent } from './topic.ts';

const leads = '/data/LeadChangeEvent';
const clock = manualClock(Date.UTC(2026, 10, 21));
let directory: string;
let org: Org;
let bus: EventBus;
let pubsub: PubSub;
let session: Session;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-stream-'));
  org = createOrg({ clock });
  session = { userId: org.adminUserId, token: 'good', origin: 'com/salesforce/api/rest/66.0' };
  bus = new EventBus(org, { random: () => 0.5 });
  bus.selectEntities(['Lead']);
  const authenticate = (token: string): Session | undefined => (token === 'good' ? session : undefined);
  pubsub = await startPubSub(org, { bus, port: 0, tlsDirectory: directory, authenticate, clock });
});

after(async () => {
  await pubsub.close();
  rmSync(directory, { recursive: true });
});

function connection(more: Partial<PubSubConnection> = {}): PubSubConnection {
  return {
    endpoint: pubsub.endpoint,
    organizationId: org.id,
    session: async () => ({ accessToken: 'good', instanceUrl: pubsub.instanceUrl }),
    caFile: pubsub.caFile,
    clock: createManualClock(),
    ...more,
  };
}

function insertLead(): string {
  const records = [{ LastName: 'Bee', Company: 'Bees' }];
  const [result] = org.dml({ operation: 'insert', object: 'Lead', records, allOrNone: true, session });
  return result?.id ?? '';
}

/** Where everything that is to come comes after. */
function here(): string {
  return bus.latest.toString(16).padStart(16, '0');
}

async function take(events: AsyncIterable<TopicEvent>, count: number): Promise<TopicEvent[]> {
  const taken: TopicEvent[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

test('I-05: a change comes with its records and its kind, in order, past a hundred at a time', async () => {
  const place = here();
  const ids = Array.from({ length: 250 }, insertLead);
  org.dml({ operation: 'delete', object: 'Lead', records: [{ Id: ids[0] }], allOrNone: true, session });
  const events = await take(createPubSubTopics(connection())(leads, place, new AbortController().signal), 251);
  const changes = events.map((event) => (event.kind === 'change' ? [event.changeType, ...event.recordIds] : []));
  assert.deepEqual(changes, [...ids.map((id) => ['CREATE', id]), ['DELETE', ids[0]]]);
  assert.deepEqual(Object.keys(events[0] ?? {}).toSorted(), [
    'changeOrigin',
    'changeType',
    'commitTimestamp',
    'kind',
    'recordIds',
    'replayId',
  ]);
  const [next] = await take(
    createPubSubTopics(connection())(leads, events[249]?.replayId, new AbortController().signal),
    1,
  );
  assert.deepEqual(next, events[250]);
});

test('a stream that is closed takes no more deliveries', { timeout: 10_000 }, async () => {
  const ending = new AbortController();
  const place = here();
  insertLead();
  const topic = createPubSubTopics(connection())(leads, place, ending.signal)[Symbol.asyncIterator]();
  await topic.next();
  const parked = topic.next();
  ending.abort();
  assert.equal((await parked).done, true);
  while (pubsub.streams > 0) await new Promise(setImmediate);
  const delivered = bus.delivered;
  insertLead();
  await new Promise(setImmediate);
  assert.equal(bus.delivered, delivered);
});

test('what the org refuses is told by what to do next', async () => {
  const open = (topic: string, place: string | undefined, more: Partial<PubSubConnection> = {}) =>
    take(createPubSubTopics(connection(more))(topic, place, new AbortController().signal), 1);
  await assert.rejects(open('/data/ContactChangeEvent', undefined), SettingsError);
  await assert.rejects(open(leads, '0000000000000001'), PositionLostError);
  await assert.rejects(open(leads, 'ff'), PositionLostError);
  const stranger = async () => ({ accessToken: 'secret-token', instanceUrl: pubsub.instanceUrl });
  await assert.rejects(open(leads, undefined, { session: stranger }), (error) => {
    assert.ok(error instanceof CredentialsError);
    assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /secret-token/);
    return true;
  });
  const place = here();
  insertLead();
  bus.dailyAllocation = 0;
  await assert.rejects(open(leads, place), WaitError);
  bus.dailyAllocation = undefined;
});

test('a server whose certificate is not trusted gets no token', async () => {
  let asked = 0;
  const untrusting = connection();
  const { caFile: _, ...publicRoots } = untrusting;
  const topics = createPubSubTopics({
    ...publicRoots,
    session: async () => (asked++, { accessToken: 'good', instanceUrl: 'https://x' }),
  });
  await assert.rejects(take(topics(leads, undefined, new AbortController().signal), 1), RetryError);
  assert.equal(asked, 1);
  assert.throws(() => createPubSubTopics(connection({ caFile: join(directory, 'absent.pem') })), SettingsError);
});

test('a stream that the server ends is a passing fault', async () => {
  const place = here();
  insertLead();
  const topic = createPubSubTopics(connection())(leads, place, new AbortController().signal)[Symbol.asyncIterator]();
  await topic.next();
  const parked = topic.next();
  pubsub.dropStreams();
  await assert.rejects(parked, RetryError);
});
