import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import PubSubApiClient from 'salesforce-pubsub-api-client';
import { startPubSub, type PubSub } from './index.ts';
import { testOrg, type TestOrg } from './test-org.ts';

// The client that the field uses, written by others, over gRPC and TLS.
interface Received {
  readonly id: string;
  readonly replayId: number;
  readonly payload: Record<string, unknown> & { readonly ChangeEventHeader: Record<string, unknown> };
}

let directory: string;
let local: TestOrg;
let pubsub: PubSub;
const silent = { debug() {}, info() {}, warn() {}, error() {}, trace() {} };
const clients: PubSubApiClient[] = [];
const lead = { FirstName: 'Ann', LastName: 'Bee', Company: 'Bees 🙂', Email: 'bee@example.com', City: 'Ulm' };

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-pubsub-'));
  local = testOrg();
  pubsub = await startPubSub(local.org, {
    bus: local.bus,
    port: 0,
    tlsDirectory: directory,
    authenticate: (token) => (token === 'good' ? local.session : undefined),
    clock: local.clock,
  });
});

after(async () => {
  for (const client of clients) client.close();
  await pubsub.close();
  rmSync(directory, { recursive: true });
});

async function connect(token = 'good'): Promise<PubSubApiClient> {
  const client = new PubSubApiClient(
    {
      authType: 'user-supplied',
      pubSubEndpoint: pubsub.endpoint,
      accessToken: token,
      instanceUrl: pubsub.instanceUrl,
      organizationId: local.org.id,
      rejectUnauthorizedSsl: false,
    },
    silent,
  );
  await client.connect();
  clients.push(client);
  return client;
}

/** Collects what a subscription brings; each promise settles with the first of its kind. */
function collect(count: number): {
  readonly callback: (info: unknown, type: string, data?: unknown) => void;
  readonly events: Promise<readonly Received[]>;
  readonly error: Promise<{
    readonly code: number;
    readonly details: string;
    readonly metadata: { get(name: string): unknown[] };
  }>;
  readonly keepAlive: Promise<void>;
} {
  const events: Received[] = [];
  const done = Promise.withResolvers<readonly Received[]>();
  const error = Promise.withResolvers<never>();
  const keepAlive = Promise.withResolvers<void>();
  error.promise.catch(() => undefined);
  return {
    callback(_, type, data) {
      if (type === 'event' && events.push(data as Received) === count) done.resolve(events);
      if (type === 'error') error.resolve(data as never);
      if (type === 'grpcKeepAlive') keepAlive.resolve();
    },
    events: done.promise,
    error: error.promise,
    keepAlive: keepAlive.promise,
  };
}

test('changes arrive with their values, and their changed fields by name', async () => {
  const client = await connect();
  const id = local.insert('Lead', lead);
  local.update('Lead', { Id: id, LastName: 'Cee', Email: null, City: 'Bonn', NumberOfEmployees: 7 });
  const received = collect(2);
  client.subscribeFromEarliestEvent('/data/LeadChangeEvent', received.callback, 2);
  const [created, updated] = await received.events;
  assert.deepEqual(
    { ...(created?.payload['Name'] as object) },
    { FirstName: 'Ann', LastName: 'Bee', Salutation: null },
  );
  assert.equal(created?.payload['Company'], 'Bees 🙂');
  assert.equal(created?.payload['CreatedDate'], local.clock.now());
  assert.equal(created?.payload.ChangeEventHeader['entityName'], 'Lead');
  assert.deepEqual(created?.payload.ChangeEventHeader['changedFields'], []);
  const header = updated?.payload.ChangeEventHeader;
  assert.deepEqual(header?.['recordIds'], [id]);
  assert.deepEqual((header?.['changedFields'] as string[]).toSorted(), [
    'Address.City',
    'Email',
    'LastModifiedDate',
    'Name.LastName',
    'NumberOfEmployees',
  ]);
  assert.deepEqual(header?.['nulledFields'], ['Email']);
  assert.equal(updated?.payload['NumberOfEmployees'], 7);
});

test('a subscription resumes after a replay ID; a purged one is refused with its code', async () => {
  const client = await connect();
  const first = local.insert('Lead', lead);
  const second = local.insert('Lead', lead);
  const place = local.bus.firstAfter('/data/LeadChangeEvent', local.bus.latest - 4)?.replayId ?? 0;
  const received = collect(1);
  client.subscribeFromReplayId('/data/LeadChangeEvent', received.callback, 1, place);
  const [event] = await received.events;
  assert.ok([first, second].includes((event?.payload.ChangeEventHeader['recordIds'] as string[])[0] ?? ''));
  assert.ok((event?.replayId ?? 0) > place);

  const purged = collect(1);
  (await connect()).subscribeFromReplayId('/data/LeadChangeEvent', purged.callback, 1, 1);
  const error = await purged.error;
  assert.equal(error.code, 3);
  assert.deepEqual(error.metadata.get('error-code'), [
    'sfdc.platform.eventbus.grpc.subscription.fetch.replayid.validation.failed',
  ]);
});

test('a platform event is published one by one and in batches, and read back', async () => {
  const client = await connect();
  const from = local.bus.latest;
  const base = { CreatedDate: local.clock.now(), CreatedById: local.org.adminUserId, EventUuid: null };
  const payload = {
    ...base,
    Command_Id__c: { string: 'a00' },
    At__c: { long: Date.UTC(2026, 0, 2) },
    Count__c: { double: 3 },
  };
  const result = await client.publish('/event/Bell__e', payload, 'mine');
  assert.equal(result.correlationKey, 'mine');
  assert.ok(result.replayId > from);
  const response = Promise.withResolvers<{ results: readonly { correlationKey: string }[] }>();
  await client.publishBatch(
    '/event/Bell__e',
    [
      { id: 'one', payload },
      { id: 'two', payload },
    ],
    (_: unknown, type: string, data: unknown) => {
      if (type === 'publishResponse') response.resolve(data as never);
    },
  );
  assert.deepEqual(
    (await response.promise).results.map(({ correlationKey }) => correlationKey),
    ['one', 'two'],
  );
  const received = collect(3);
  client.subscribeFromReplayId('/event/Bell__e', received.callback, 3, from);
  const events = await received.events;
  assert.deepEqual(
    events.map(({ payload: { Command_Id__c: id } }) => id),
    ['a00', 'a00', 'a00'],
  );
  assert.equal(events[0]?.payload['At__c'], Date.UTC(2026, 0, 2));
  assert.equal(events[0]?.replayId, result.replayId);
});

test('more than a hundred events come as they are asked for, and silence is filled with keep-alives', async () => {
  const client = await connect();
  const from = local.bus.latest;
  for (let count = 0; count < 250; count++) local.insert('Bell__e', { Count__c: count });
  const received = collect(250);
  client.subscribeFromReplayId('/event/Bell__e', received.callback, null, from);
  const counts = (await received.events).map(({ payload }) => payload['Count__c']);
  assert.deepEqual(
    counts,
    Array.from({ length: 250 }, (_, index) => index),
  );
  local.clock.advance(270_000);
  await received.keepAlive;
});

test('strangers, unknown topics and dropped streams are told with their status', async () => {
  const stranger = collect(1);
  (await connect('bad')).subscribe('/data/LeadChangeEvent', stranger.callback);
  assert.equal((await stranger.error).code, 16);
  const unknown = collect(1);
  (await connect()).subscribe('/data/ContactChangeEvent', unknown.callback);
  const error = await unknown.error;
  assert.equal(error.code, 5);
  assert.match(error.details, /topic \/data\/ContactChangeEvent not found/);
  const dropped = collect(1);
  const from = local.bus.latest;
  local.insert('Bell__e', {});
  (await connect()).subscribeFromReplayId('/event/Bell__e', dropped.callback, null, from);
  await dropped.events;
  pubsub.dropStreams();
  assert.equal((await dropped.error).code, 14);
});

test('the key is readable by its owner alone', () => {
  assert.equal(statSync(join(directory, 'pubsub-key.pem')).mode & 0o777, 0o600);
});
