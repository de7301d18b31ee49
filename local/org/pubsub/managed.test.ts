import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { startPubSub, type ManagedSubscription, type PubSub } from './index.ts';
import { testOrg, type TestOrg } from './test-org.ts';
import { pubSubService, type ManagedFetchResponse } from './wire.ts';

type ManagedStream = grpc.ClientDuplexStream<unknown, ManagedFetchResponse>;

const subscription: ManagedSubscription = {
  id: '18x000000000001AAA',
  developerName: 'Leads',
  topicName: '/data/LeadChangeEvent',
  state: 'RUN',
  defaultReplay: 'EARLIEST',
  errorRecoveryReplay: 'EARLIEST',
};
const lead = { LastName: 'Bee', Company: 'Bees' };

let directory: string;
let local: TestOrg;
let pubsub: PubSub;
let client: grpc.Client;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-managed-'));
  local = testOrg();
  pubsub = await startPubSub(local.org, {
    bus: local.bus,
    port: 0,
    tlsDirectory: directory,
    authenticate: (token) => (token === 'good' ? local.session : undefined),
    clock: local.clock,
  });
  const Client = grpc.makeGenericClientConstructor(pubSubService(), 'PubSub');
  client = new Client(pubsub.endpoint, grpc.credentials.createSsl(readFileSync(pubsub.caFile)));
});

after(async () => {
  client.close();
  await pubsub.close();
  rmSync(directory, { recursive: true });
});

/** Opens a stream by developer name; gives its answers one by one. */
function open(developerName: string) {
  const metadata = new grpc.Metadata();
  metadata.set('accesstoken', 'good');
  metadata.set('instanceurl', pubsub.instanceUrl);
  metadata.set('tenantid', local.org.id);
  const method = pubSubService()['ManagedSubscribe'];
  assert.ok(method);
  const stream: ManagedStream = client.makeBidiStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize as (bytes: Buffer) => ManagedFetchResponse,
    metadata,
    {},
  );
  stream.on('error', () => undefined);
  const answers = stream[Symbol.asyncIterator]() as AsyncIterator<ManagedFetchResponse>;
  return {
    write: (request: object) => stream.write({ developerName, ...request }),
    async next(): Promise<ManagedFetchResponse> {
      const answer = await answers.next();
      assert.ok(answer.done !== true);
      return answer.value;
    },
    failure: () => new Promise<grpc.ServiceError>((resolve) => stream.on('error', resolve)),
    close: () => stream.cancel(),
  };
}

test('K-47: a managed subscription goes on after what was committed, and by its recovery preset once that is purged', async () => {
  local.bus.managed.replace([subscription]);
  for (let count = 0; count < 3; count++) local.insert('Lead', lead);
  const first = open('Leads');
  first.write({ numRequested: 2 });
  const { events } = await first.next();
  assert.equal(events.length, 2);
  first.write({ commitReplayIdRequest: { commitRequestId: 'one', replayId: events[0]?.replayId } });
  const { commitResponse, events: none } = await first.next();
  assert.deepEqual(none, []);
  assert.equal(commitResponse?.commitRequestId, 'one');
  assert.equal(commitResponse.processTime, local.clock.now());
  assert.equal(commitResponse.error ?? null, null);
  first.write({ commitReplayIdRequest: { commitRequestId: 'two', replayId: Buffer.from('nonsense') } });
  assert.equal((await first.next()).commitResponse?.error?.code, 'COMMIT');
  first.close();

  const second = open('Leads');
  second.write({ numRequested: 10 });
  const resumed = await second.next();
  assert.deepEqual(
    resumed.events.map(({ event }) => event.id).slice(0, 1),
    events.slice(1).map(({ event }) => event.id),
  );
  assert.equal(resumed.events.length, 2);
  second.close();

  local.clock.advance(73 * 3_600_000);
  const kept = local.insert('Lead', lead);
  const third = open('Leads');
  third.write({ numRequested: 10 });
  const [recovered, ...more] = (await third.next()).events;
  assert.equal(more.length, 0);
  assert.equal(recovered?.event.id, local.bus.open(subscription.topicName, { preset: 'earliest' }).read(1)[0]?.id);
  assert.ok(kept);
  third.close();
});

test('a managed subscription that is stopped, or is not there, is refused', async () => {
  local.bus.managed.replace([{ ...subscription, state: 'STOP' }]);
  for (const [name, code] of [
    ['Leads', grpc.status.FAILED_PRECONDITION],
    ['Nothing', grpc.status.NOT_FOUND],
  ] as const) {
    const stream = open(name);
    const failure = stream.failure();
    stream.write({ numRequested: 1 });
    assert.equal((await failure).code, code);
  }
});
