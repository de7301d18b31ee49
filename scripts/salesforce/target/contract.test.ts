import { NotSentError } from '../../http/index.ts';
import type { SyncConfiguration, Target, Transport } from '../../engine/index.ts';
import { targetContract } from '../../systems/kit/testing/index.ts';
import { connectSalesforce, loginByAccessToken } from '../index.ts';
import { createTestClock, createTestTransport, describeAnswer, json, page, refusal } from '../testing/index.ts';

const token = '00Dxx!secret';
const user = {
  organization_id: '00D000000000001AAA',
  user_id: '005000000000001AAA',
  preferred_username: 'u@x.example',
};

/** What the org is asked beside writing; the contract counts the requests that write. */
const reads = createTestTransport((call) => {
  if (call.path.endsWith('/userinfo')) return json(user);
  if (call.path.endsWith('/jobs/ingest')) return json({ done: true, records: [], nextRecordsUrl: null });
  if (call.path.endsWith('/query')) return page([]);
  return describeAnswer(call) ?? refusal(404, 'NOT_FOUND');
}).transport;

const sync: SyncConfiguration = {
  name: 'in',
  connection: 'pendo',
  direction: 'systemToSalesforce',
  salesforceObject: 'Contact',
  systemObject: 'visitor',
  key: { source: 'id', target: 'Id' },
  include: 'all',
  precedence: 0,
  rules: { create: false, update: true, delete: 'ignore' },
  schedule: { pollSeconds: 60 },
  mappings: [{ source: 'score', target: 'Score__c', blank: 'keep' }],
};

function make(transport: Transport): Target {
  const login = loginByAccessToken({ accessToken: token, instanceUrl: 'https://acme.my.salesforce.com' });
  let checking = false;
  const route: Transport = (request) => (request.method === 'GET' && !checking ? reads : transport)(request);
  const target = connectSalesforce({ transport: route, login, clock: createTestClock() }).targetOf(sync, undefined);
  const check = (): ReturnType<Target['check']> => {
    checking = true;
    return target.check();
  };
  return { ...target, check };
}

targetContract('Salesforce', {
  make,
  object: 'Contact',
  record: (number) => ({
    key: `003000000000${String(number).padStart(3, '0')}AAA`,
    action: 'upsert',
    json: JSON.stringify({ Score__c: number }),
  }),
  async accept(request) {
    const { records } = (await request.json()) as { records: { Id: string }[] };
    return json(records.map(({ Id }) => ({ id: Id, success: true, errors: [] })));
  },
  refuseCredentials: () => refusal(401, 'INVALID_SESSION_ID'),
  tooMany: () => refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  notSent: () => new NotSentError('acme.my.salesforce.com could not be reached (ECONNREFUSED).'),
  secret: token,
});
