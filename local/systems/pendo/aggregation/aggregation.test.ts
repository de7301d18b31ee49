import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { testClient, type TestClient } from '../test-client.ts';
import { compileFilter } from './expression.ts';

interface Answer {
  readonly status: number;
  readonly body: { readonly results: readonly Record<string, unknown>[] };
}

async function aggregate(client: TestClient, pipeline: unknown): Promise<Answer> {
  const request = { response: { mimeType: 'application/json' }, request: { requestId: 'r', pipeline } };
  return (await client.ask('POST', '/api/v1/aggregation', request)) as Answer;
}

test('paging by sort, filter and limit tells every ID once, whatever characters they have', async () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4, unit: 'binary' }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (given, size) => {
      const client = testClient();
      client.pendo.control.clear();
      for (const id of given) client.pendo.control.putAccount(id, {});
      const told: string[] = [];
      for (;;) {
        const last = told.at(-1);
        const filter = last === undefined ? [] : [{ filter: `accountId > ${JSON.stringify(last)}` }];
        const { body } = await aggregate(client, [
          { source: { accounts: null } },
          ...filter,
          { sort: ['accountId'] },
          { limit: size },
        ]);
        told.push(...body.results.map(({ accountId }) => String(accountId)));
        if (body.results.length < size) break;
      }
      assert.deepEqual(
        told,
        [...given].sort((one, other) => (one < other ? -1 : 1)),
      );
    }),
    { numRuns: 60 },
  );
});

test('filters mean what the same comparison means in code', () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom('', 'a', 'b"c', 'é'),
    fc.boolean(),
    fc.constant(null),
  );
  const signs = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
  fc.assert(
    fc.property(value, signs, value, value, (held, sign, first, second) => {
      const same = typeof held === typeof first && held !== null && typeof held !== 'boolean';
      const holds = {
        '==': held === first,
        '!=': held !== first,
        '<': same && (held as number) < (first as number),
        '<=': same && (held as number) <= (first as number),
        '>': same && (held as number) > (first as number),
        '>=': same && (held as number) >= (first as number),
      }[sign];
      const read = (path: string): unknown => (path === 'metadata.custom.x' ? held : undefined);
      const one = `metadata.custom.x ${sign} ${JSON.stringify(first)}`;
      const other = `metadata.custom.x == ${JSON.stringify(second)}`;
      assert.equal(compileFilter(one, 0)(read), holds);
      assert.equal(compileFilter(`!(${one}) && ${other} || isNull(nothing.here)`, 0)(read), true);
      assert.equal(compileFilter(`${one} && ${other}`, 0)(read), holds && held === second);
      assert.equal(compileFilter(`${one} || ${other}`, 0)(read), holds || held === second);
    }),
  );
});

test('visits are grouped, summed and sorted by account', async () => {
  const client = testClient();
  const { control } = client.pendo;
  const usage = { events: 2, minutes: 5, clicks: 0 };
  control.putVisitor('v1', { accountIds: ['a1'], usage: { '2026-11-20': usage, '2026-11-21': usage } });
  control.putVisitor('v2', { accountIds: ['a1', 'a2'], usage: { '2026-11-21': usage, '2026-01-01': usage } });
  const { body } = await aggregate(client, [
    { source: { events: null, timeSeries: { period: 'dayRange', first: 'now()', count: -7 } } },
    {
      group: {
        group: ['accountId'],
        fields: { minutes: { sum: 'numMinutes' }, days: { count: null }, last: { max: 'day' } },
      },
    },
    { sort: ['-minutes'] },
  ]);
  const last = Date.UTC(2026, 10, 21);
  assert.deepEqual(body.results, [
    { accountId: 'a1', minutes: 15, days: 3, last },
    { accountId: 'a2', minutes: 5, days: 1, last },
  ]);
});

test('computed metadata can be asked for, and lists be searched', async () => {
  const client = testClient();
  client.pendo.control.putVisitor('v1', {
    accountIds: ['a1'],
    usage: { '2026-11-20': { events: 1, minutes: 0, clicks: 0 } },
  });
  const noon = Date.UTC(2026, 10, 20);
  const came = await aggregate(client, [
    { source: { accounts: null } },
    { filter: `metadata.auto.lastvisit >= ${noon}` },
    { count: null },
  ]);
  assert.deepEqual(came.body.results, [{ count: 1 }]);
  const of = [
    { source: { visitors: { identified: true } } },
    { filter: 'contains(metadata.auto.accountids, "a1")' },
    { select: { who: 'visitorId' } },
  ];
  assert.deepEqual((await aggregate(client, of)).body.results, [{ who: 'v1' }]);
});

test('rows beyond the maximum are left out without a word', async () => {
  const client = testClient({ limits: { rowsPerAggregation: 1 } });
  assert.equal((await aggregate(client, [{ source: { accounts: null } }])).body.results.length, 1);
});

test('what this stand-in does not have is refused by name', async () => {
  const client = testClient();
  const refusals: [pipeline: unknown, names: RegExp][] = [
    [undefined, /pipeline/],
    [[{ filter: 'a == 1' }], /begin with a source/],
    [[{ source: { pageEvents: null } }], /source "pageEvents"/],
    [[{ source: { events: null } }], /timeSeries/],
    [[{ source: { accounts: null } }, { spawn: [] }], /stage "spawn"/],
    [[{ source: { accounts: null } }, { filter: 'startsWith(a, "b")' }], /function "startsWith"/],
    [[{ source: { accounts: null } }, { filter: 'a = 1' }], /at 1/],
    [[{ source: { accounts: null } }, { filter: 'a == 1 b' }], /unexpected "b"/],
    [[{ source: { accounts: null } }, { group: { group: ['a'], fields: { b: { median: 'c' } } } }], /aggregate of "b"/],
    [[{ source: { visitors: null } }, { segment: { id: 'none' } }], /segment/],
    [[{ source: { visitors: null } }, { limit: 0 }], /limit/],
  ];
  for (const [pipeline, names] of refusals) {
    const { status, body } = await client.ask('POST', '/api/v1/aggregation', { request: { pipeline } });
    assert.equal(status, 400);
    assert.match(String(body), names);
  }
});
