import type { Target, Transport } from '../../engine/index.ts';
import { NotSentError } from '../../http/index.ts';
import { sourceContract, targetContract } from '../kit/testing/index.ts';
import { account, testConnection, testKey } from './test-connection.ts';

const schema = { custom: { tier: { Type: 'string' } } };

/** What Pendo is asked beside writing; the contract counts the requests that write. */
function make(transport: Transport): Target {
  let checking = false;
  const route: Transport = async (request) =>
    request.method === 'GET' && !checking ? Response.json(schema) : await transport(request);
  const { target } = testConnection(route);
  const check = (): ReturnType<Target['check']> => {
    checking = true;
    return target.check();
  };
  return { ...target, check };
}

targetContract('Pendo', {
  make,
  object: 'account',
  record: (number) => account(`acc-${number}`, { tier: 'Zoë "😀"' }),
  async accept(request) {
    const { length } = (await request.json()) as unknown[];
    return Response.json({ total: length, updated: length, failed: 0, kind: 'account' });
  },
  // Not a word of why (Engage API, authentication).
  refuseCredentials: () => new Response(null, { status: 403 }),
  tooMany: () => new Response('Too many requests', { status: 429 }),
  notSent: () => new NotSentError('app.pendo.io could not be reached (ECONNREFUSED).'),
  secret: testKey,
});

const ids = Array.from({ length: 5_100 }, (_none, number) => `acc-${number}`);

sourceContract('Pendo', {
  make: (transport) => testConnection(transport).source,
  shape: { object: 'account-report/r1', fields: ['accountId', 'numEvents'], include: 'all' },
  ids,
  answer: async ({ url }) =>
    url.endsWith('/report')
      ? Response.json([{ id: 'r1', name: 'Usage' }])
      : Response.json(ids.map((accountId, numEvents) => ({ accountId, numEvents }))),
  refuseCredentials: () => new Response(null, { status: 403 }),
  tooMany: () => Response.json({ error: { errors: [{ reason: 'rateLimitExceeded' }] } }, { status: 403 }),
  secret: testKey,
});
