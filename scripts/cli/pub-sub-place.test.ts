import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError } from '../engine/index.ts';
import { findPubSub } from './pub-sub-place.ts';

const place = { endpoint: '127.0.0.1:7443', caFile: '/tmp/ca.pem', instanceUrl: 'https://127.0.0.1:1' };

test('an org elsewhere has its change events at Salesforce’s place, and is asked nothing', async () => {
  const found = await findPubSub('https://acme.my.salesforce.com', async () => assert.fail('asked'));
  assert.deepEqual(found, { endpoint: 'api.pubsub.salesforce.com:7443' });
});

test('an org on this machine tells its own place, or that it has none', async () => {
  const asked: string[] = [];
  const answering = (pubsub: unknown) => async (request: Request) => {
    asked.push(request.url);
    return Response.json({ pubsub });
  };
  assert.deepEqual(await findPubSub('http://127.0.0.1:8066', answering(place)), place);
  assert.equal(await findPubSub('http://localhost:8066', answering(null)), undefined);
  assert.equal(asked[0], 'http://127.0.0.1:8066/.well-known/plumbline-local-org');
});

test('an org on this machine that does not answer that is no reason to guess', async () => {
  const lost = async (): Promise<Response> => new Response('', { status: 404 });
  await assert.rejects(findPubSub('http://127.0.0.1:8066', lost), RetryError);
});
