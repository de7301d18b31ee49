import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalPendo, type LocalPendoOptions } from '../../../local/systems/pendo/index.ts';
import type { ReadShape, Source, SourceRow } from '../../engine/index.ts';
import { localConnection } from './test-connection.ts';

const day = '2026-11-20';
const metrics = ['numMinutes', 'numEvents', 'daysActive', 'lastVisit'] as const;
const columns = metrics.map((metric) => ({ name: metric, label: metric, from: { metric } }));
const report = {
  kind: 'account',
  type: 'List',
  shared: true,
  segmentId: 'everyone',
  range: { last: 30 },
  columns,
} as const;
const shape: ReadShape = { object: 'account-report/r1', fields: ['accountId', ...metrics], include: 'all' };

/** Two accounts with a visitor each, one of whom came; the third has none. */
function world(habits: LocalPendoOptions['habits'] = {}) {
  const connected = localConnection((parts) => createLocalPendo({ ...parts, ...(habits && { habits }) }));
  const { control } = connected.local;
  for (const id of ['a', 'b', 'c']) control.putAccount(id, {});
  control.putVisitor('va', { accountIds: ['a'], usage: { [day]: { events: 3, minutes: 0, clicks: 1 } } });
  control.putVisitor('vb', { accountIds: ['b'] });
  control.putReport('r1', { name: 'Usage', ...report });
  return connected;
}

async function rowsOf(source: Source, asked = shape): Promise<readonly SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const page of source.extract(asked, undefined)) for await (const chunk of page.chunks) rows.push(...chunk);
  return rows;
}

test('P-36: every column of a report can be read, with its type, by the ID or the name of the report', async () => {
  const { source } = world();
  const { fields, label, period } = await source.describe('account-report/r1', []);
  assert.equal(label, 'Usage');
  assert.equal(period, 'Last 30 days');
  assert.deepEqual(
    [...fields.values()].map(({ path, type }) => [path, type]),
    [['accountId', 'string'], ...metrics.map((name) => [name, name === 'lastVisit' ? 'time' : 'integer'])],
  );
  const byName = await rowsOf(source, { ...shape, object: 'account-report/Usage' });
  assert.deepEqual(byName[0]?.cells, ['a', 0, 3, 1, '2026-11-20T00:00:00.000Z']);
  assert.deepEqual(await source.offers?.(), [{ name: 'account-report/r1', label: 'Account report: Usage' }]);
});

for (const extraRows of ['zero', 'empty'] as const) {
  test(`P-47, P-48, P-X5: rows of ${extraRows} for others say nothing, a zero beside a figure is measured`, async () => {
    const { source } = world({ extraRows });
    assert.deepEqual(
      (await rowsOf(source)).map(({ cells }) => cells),
      [
        ['a', 0, 3, 1, '2026-11-20T00:00:00.000Z'],
        ['b', null, null, null, null],
        ['c', null, null, null, null],
      ],
    );
    assert.equal(await source.count(shape), 3);
  });
}

test("P-37, P-45: date range and segment are the report's own, and no condition narrows it here", async () => {
  const here = world();
  here.local.control.putReport('r1', { name: 'Usage', ...report, range: { from: '2026-11-01', to: '2026-11-10' } });
  assert.deepEqual(
    (await rowsOf(here.source)).filter(({ cells }) => cells[2] !== null),
    [],
  );
  await assert.rejects(rowsOf(here.source, { ...shape, include: 'numEvents > 3' }), /cannot be narrowed by/);
});

test('P-49, P-50: an account report with columns of visitors is warned of; of repeated rows the one that says most is read', async () => {
  const here = world();
  here.local.control.putField({ kind: 'visitor', group: 'agent', name: 'email', type: 'string' });
  here.local.control.putVisitor('va2', { accountIds: ['a'], metadata: { agent: { email: 'x@y.example' } } });
  const mixed = {
    name: 'visitor_agent_email',
    label: 'Email',
    from: { kind: 'visitor', group: 'agent', field: 'email', type: 'string' },
  } as const;
  here.local.control.putReport('r1', { name: 'Usage', ...report, columns: [...columns, mixed] });
  const { notes } = await here.source.describe('account-report/r1', []);
  assert.match(notes?.join(' ') ?? '', /also holds data of visitors: visitor_agent_email.* 1 rows repeat/);
  const rows = await rowsOf(here.source);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(rows[0]?.cells.slice(1, 3), [0, 3]);
});

test('records are read again one by one from the same report, and those that left it are no longer part of it', async () => {
  const here = world();
  const { rows, absent } = await here.source.hydrate(shape, ['a', 'gone']);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['a'],
  );
  assert.deepEqual([...absent], [['gone', 'excluded']]);
  const { requests } = here.local.control.stats();
  await here.source.hydrate(shape, ['b']);
  await rowsOf(here.source);
  assert.equal(here.local.control.stats()['requests'], requests, 'a report that has just run is not run again');
});

test('a report is read in pages that can be resumed', async () => {
  const here = world();
  here.local.control.generate({ accounts: 12_000, visitors: 0 });
  const pages: string[] = [];
  let ids: string[] = [];
  for await (const page of here.source.extract(shape, undefined)) {
    pages.push(page.position);
    for await (const chunk of page.chunks) ids.push(...chunk.map(({ id }) => id));
  }
  assert.deepEqual(pages, ['0', '5000', '10000']);
  assert.equal(new Set(ids).size, 12_003);
  ids = [];
  for await (const page of here.source.extract(shape, '10000'))
    for await (const chunk of page.chunks) ids.push(...chunk.map(({ id }) => id));
  assert.equal(ids.length, 2_003);
});

test('a report that is gone, private or of something else is named, with what to do', async () => {
  const here = world();
  await assert.rejects(rowsOf(here.source, { ...shape, object: 'account-report/none' }), /shows no report "none"/);
  await assert.rejects(
    rowsOf(here.source, { ...shape, object: 'visitor-report/r1' }),
    /no Visitor report: it has no visitorId/,
  );
  await assert.rejects(rowsOf(here.source, { ...shape, fields: ['accountId', 'gone'] }), /no column "gone"/);
  await assert.rejects(rowsOf(here.source, { ...shape, object: 'account' }), /names no report/);
});
