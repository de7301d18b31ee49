import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { StreamingExtension } from 'jsforce/lib/api/streaming.js';
import { createLocalOrg, listen } from '../index.ts';
import type { ListeningOrg, LocalOrg } from '../index.ts';

// jsforce's streaming client is faye, which knows nothing of this project.
interface Message {
  readonly payload: Record<string, unknown> & { readonly ChangeEventHeader?: { readonly recordIds: string[] } };
  readonly event: { readonly replayId: number };
}

/** faye, by what is used of it here; it brings no types. */
interface StreamingClient {
  subscribe(channel: string, listener: (message: Message) => void): PromiseLike<void> & { cancel(): void };
  disconnect(): PromiseLike<void> | undefined;
}

const TOPIC = '/data/LeadChangeEvent';
let org: LocalOrg;
let http: ListeningOrg;
let connection: Connection;

before(async () => {
  org = createLocalOrg();
  org.events.selectEntities(['Lead']);
  http = await listen(org, 0);
  connection = new jsforce.Connection({
    instanceUrl: http.instanceUrl,
    accessToken: org.issueToken(org.core.adminUserId),
    version: '66.0',
  });
});
after(() => http.close());

function streamingClient(extensions: readonly unknown[] = []): StreamingClient {
  return connection.streaming.createClient([...extensions]) as unknown as StreamingClient;
}

const lead = (LastName: string): Promise<string> =>
  connection
    .sobject('Lead')
    .create({ LastName, Company: 'C' })
    .then((saved) => saved.id ?? '');

test('jsforce streams changes over CometD: new ones, all that are kept, and those after an ID', async () => {
  const client = streamingClient();
  const received: Message[] = [];
  const arrived = Promise.withResolvers<void>();
  const subscription = client.subscribe(TOPIC, (message) => {
    received.push(message);
    if (received.length === 2) arrived.resolve();
  });
  await subscription;
  const ids = [await lead('one'), await lead('two')];
  await arrived.promise;
  assert.deepEqual(
    received.map(({ payload }) => payload.ChangeEventHeader?.recordIds),
    ids.map((id) => [id]),
  );
  assert.deepEqual(received[0]?.payload['Name'], { LastName: 'one' });
  subscription.cancel();
  await client.disconnect();

  const first = received[0]?.event.replayId ?? 0;
  for (const [replayId, expected] of [
    [-2, ids],
    [first, ids.slice(1)],
  ] as const) {
    const replaying = streamingClient([new StreamingExtension.Replay(TOPIC, replayId)]);
    const found: (string | undefined)[] = [];
    const all = Promise.withResolvers<void>();
    const replayed = replaying.subscribe(TOPIC, ({ payload }) => {
      if (found.push(payload.ChangeEventHeader?.recordIds[0]) === expected.length) all.resolve();
    });
    await all.promise;
    assert.deepEqual(found, expected);
    replayed.cancel();
    await replaying.disconnect();
  }
});

test('a channel that is not there, a PushTopic and a wrong replay ID are refused with their codes', async () => {
  const ask = async (channel: string, replay?: number): Promise<string> => {
    const extensions = replay === undefined ? [] : [new StreamingExtension.Replay(channel, replay)];
    const client = streamingClient(extensions);
    const refused = await new Promise<Error>((resolve, reject) => {
      const subscription = client.subscribe(channel, () => undefined);
      subscription.then(() => reject(new Error('it was not refused')), resolve);
    });
    await client.disconnect();
    return refused.message;
  };
  assert.match(await ask('/event/Nothing__e'), /does not exist \{\/event\/Nothing__e\}/);
  assert.match(await ask('/topic/Leads'), /not yet: channels like \/topic\/Leads/);
  assert.match(await ask(TOPIC, 999_999_999), /replayId \{999999999\} you provided was invalid/);
});

test('a token that is not good ends the handshake', async () => {
  const response = await fetch(`${http.instanceUrl}/cometd/66.0`, {
    method: 'POST',
    headers: { authorization: 'Bearer nonsense', 'content-type': 'application/json' },
    body: JSON.stringify([{ channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] }]),
  });
  const [answer] = (await response.json()) as { successful: boolean; error: string; advice: unknown }[];
  assert.deepEqual(
    [answer?.successful, answer?.error, answer?.advice],
    [false, '403::Handshake denied', { reconnect: 'none' }],
  );
});

test('K-15: once the delivered events of the day are used up, the stream ends with the reason', async () => {
  org.events.dailyAllocation = org.events.deliveredToday;
  const post = async (message: Record<string, unknown>): Promise<Record<string, unknown>[]> => {
    const response = await fetch(`${http.instanceUrl}/cometd/66.0`, {
      method: 'POST',
      headers: { authorization: `Bearer ${connection.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify([message]),
    });
    return (await response.json()) as Record<string, unknown>[];
  };
  const clientId = (await post({ channel: '/meta/handshake' }))[0]?.['clientId'];
  await post({ channel: '/meta/subscribe', clientId, subscription: TOPIC, ext: { replay: { [TOPIC]: -2 } } });
  const [answer] = await post({ channel: '/meta/connect', clientId, connectionType: 'long-polling' });
  assert.equal(answer?.['error'], '403::Organization total events daily limit exceeded');
});
