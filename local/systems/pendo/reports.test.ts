import assert from 'node:assert/strict';
import test from 'node:test';
import type { ReportDefinition } from './reports.ts';
import { testClient, type TestClient } from './test-client.ts';

const usage = { events: 10, minutes: 3, clicks: 0 };

function report(changes: Partial<ReportDefinition> = {}): ReportDefinition {
  return {
    name: 'Activity',
    kind: 'account',
    type: 'List',
    shared: true,
    segmentId: 'everyone',
    range: { last: 30 },
    columns: [
      { name: 'numEvents', label: 'Events', from: { metric: 'numEvents' } },
      { name: 'numFeatureClicks', label: 'Clicks', from: { metric: 'numFeatureClicks' } },
      { name: 'lastVisit', label: 'Last visit', from: { metric: 'lastVisit' } },
    ],
    ...changes,
  };
}

/** a1 came on 20 November, a2 on 1 October. */
function withUsage(client: TestClient): TestClient {
  const { control } = client.pendo;
  control.putVisitor('v1', { accountIds: ['a1'], usage: { '2026-11-20': usage } });
  control.putVisitor('v2', { accountIds: ['a2'], usage: { '2026-10-01': usage } });
  control.putReport('r', report());
  return client;
}

async function rows(client: TestClient): Promise<unknown> {
  return (await client.get('/api/v1/report/r/results.json')).body;
}

const a1 = { accountId: 'a1', numEvents: 10, numFeatureClicks: 0, lastVisit: Date.UTC(2026, 10, 20) };

test('a report tells who came in its range, with measured zeros, and the others in rows of zeros or of nothing', async () => {
  const client = withUsage(testClient());
  assert.deepEqual(await rows(client), [a1, { accountId: 'a2', numEvents: 0, numFeatureClicks: 0, lastVisit: null }]);
  client.pendo.control.setHabits({ extraRows: 'empty' });
  assert.deepEqual(await rows(client), [
    a1,
    { accountId: 'a2', numEvents: null, numFeatureClicks: null, lastVisit: null },
  ]);
  client.pendo.control.setHabits({ extraRows: 'none' });
  assert.deepEqual(await rows(client), [a1]);
});

test('the range is the report’s own: days back from today, or from one day to another, both included', async () => {
  const client = withUsage(testClient({ habits: { extraRows: 'none' } }));
  const ids = async (range: ReportDefinition['range']): Promise<unknown> => {
    client.pendo.control.putReport('r', report({ range }));
    return ((await rows(client)) as { accountId: string }[]).map(({ accountId }) => accountId);
  };
  assert.deepEqual(await ids({ last: 1 }), []);
  assert.deepEqual(await ids({ last: 2 }), ['a1']);
  assert.deepEqual(await ids({ last: 60 }), ['a1', 'a2']);
  assert.deepEqual(await ids({ from: '2026-10-01', to: '2026-10-01' }), ['a2']);
  client.clock.advance(86_400_000);
  assert.deepEqual(await ids({ last: 2 }), []);
});

test('a segment leaves out accounts, and who of a visitor’s accounts is not in it', async () => {
  const client = withUsage(testClient({ habits: { extraRows: 'none' } }));
  const { control } = client.pendo;
  control.putVisitor('v1', { accountIds: ['a1', 'a2'] });
  control.putSegment('one', { name: 'One account', accounts: ['a1'] });
  control.putReport('r', report({ segmentId: 'one' }));
  assert.deepEqual(await rows(client), [a1]);
  assert.deepEqual((await client.get('/api/v1/segment')).body, [
    { id: 'everyone', name: 'Everyone', kind: 'Segment' },
    { id: 'one', name: 'One account', kind: 'Segment' },
  ]);
});

test('a visitor report with account data repeats the IDs of visitors of several accounts, without their figures', async () => {
  const client = withUsage(testClient({ habits: { extraRows: 'none' } }));
  const { control } = client.pendo;
  control.putAccount('a1', { metadata: { custom: { a_string: 'gold' } } });
  control.putVisitor('v1', { accountIds: ['a1', 'a2'] });
  const tier = { kind: 'account', group: 'custom', field: 'a_string', type: 'string' } as const;
  const columns = [
    { name: 'numEvents', label: 'Events', from: { metric: 'numEvents' } as const },
    { name: 'account_custom_a_string', label: 'Tier', from: tier },
  ];
  control.putReport('r', report({ kind: 'visitor', columns }));
  assert.deepEqual(await rows(client), [
    { visitorId: 'v1', numEvents: 10, account_custom_a_string: 'gold' },
    { visitorId: 'v1', numEvents: null, account_custom_a_string: null },
  ]);
});

test('reports come as CSV too; those that are not shared, and other types, tell nothing', async () => {
  const client = withUsage(testClient({ habits: { extraRows: 'empty' } }));
  const { control } = client.pendo;
  const csv = (await client.get('/api/v1/report/r/results.csv')).body;
  assert.equal(csv, `accountId,numEvents,numFeatureClicks,lastVisit\r\na1,10,0,${a1.lastVisit}\r\na2,,,\r\n`);
  control.putReport('private', report({ shared: false }));
  control.putReport('funnel', report({ type: 'Funnel' }));
  const listed = (await client.get('/api/v1/report')).body as { id: string; lastRunAt: number }[];
  assert.deepEqual(
    listed.map(({ id, lastRunAt }) => [id, lastRunAt]),
    [
      ['r', client.clock.now()],
      ['funnel', 0],
    ],
  );
  assert.equal((await client.get('/api/v1/report/private/results.json')).status, 404);
  assert.equal((await client.get('/api/v1/report/funnel/results.json')).status, 400);
  assert.equal((await client.get('/api/v1/report/none')).status, 404);
});

test('a report’s own aggregation answers who is in its segment and range', async () => {
  const client = withUsage(testClient());
  const { body } = await client.get('/api/v1/report/r');
  const request = (body as { aggregation: unknown }).aggregation;
  const answer = (await client.ask('POST', '/api/v1/aggregation', { request })).body as { results: unknown };
  assert.deepEqual(answer.results, [{ accountId: 'a1', numEvents: 10 }]);
});
