import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PositionLostError, RetryError, SettingsError, type Cell, type ExtractPage } from '../../engine/index.ts';
import { createChannelDescriber } from '../client.ts';
import { createTestChannel, describeAnswer, json, refusal, type Call } from '../testing/index.ts';
import { createSource } from './index.ts';

const shape = { object: 'Lead', fields: ['Email', 'IsDeleted', 'Score__c', 'Owner.Name'], include: "Status = 'Open'" };
const header = 'Id,SystemModstamp,Email,IsDeleted,Score__c,Owner.Name\n';
const job = '7500000000001AAAAA';

interface BulkOrg {
  readonly records: number;
  /** States that the looks at the job see, the last one from then on. */
  readonly states?: readonly string[];
  readonly result?: (call: Call) => Response | undefined;
  readonly errorMessage?: string;
}

function line(number: number): string {
  return `00Q${String(number).padStart(15, '0')},2026-11-21T09:00:00.000Z,l${number}@x.example,false,${number}.5,"Ada, ""B"""\n`;
}

/** A Bulk door with one job of `records` leads; its locator is the number of the next row. */
function bulkOrg({ records, states = ['JobComplete'], result, errorMessage }: BulkOrg) {
  let looks = 0;
  const { channel, calls } = createTestChannel((call) => {
    const described = describeAnswer(call);
    if (described) return described;
    if (call.method === 'POST') return json({ id: job, state: 'UploadComplete' });
    if (call.path.endsWith(`/jobs/query/${job}`)) {
      const state = states[Math.min(looks, states.length - 1)];
      looks += 1;
      return json({ id: job, state, numberRecordsProcessed: records, ...(errorMessage ? { errorMessage } : {}) });
    }
    if (!call.path.endsWith(`/jobs/query/${job}/results`)) return refusal(404, 'NOT_FOUND');
    const special = result?.(call);
    if (special) return special;
    const from = Number(call.url.searchParams.get('locator') ?? 0);
    const to = Math.min(records, from + Number(call.url.searchParams.get('maxRecords')));
    let text = header;
    for (let number = from; number < to; number += 1) text += line(number);
    return new Response(text, {
      headers: { 'sforce-locator': to < records ? String(to) : 'null', 'sforce-numberofrecords': String(to - from) },
    });
  });
  return { source: createSource(channel, createChannelDescriber(channel), { pageRecords: 1_500 }), calls, channel };
}

async function drain(pages: AsyncIterable<ExtractPage>) {
  const read: {
    position: string;
    next: string | undefined;
    ids: string[];
    chunks: number;
    first: readonly Cell[] | undefined;
  }[] = [];
  for await (const { position, next, chunks } of pages) {
    const ids: string[] = [];
    let count = 0;
    let first: readonly Cell[] | undefined;
    for await (const rows of chunks) {
      count += 1;
      first ??= rows[0]?.cells;
      ids.push(...rows.map((row) => row.id));
    }
    read.push({ position, next, ids, chunks: count, first });
  }
  return read;
}

test('I-18: a full read takes page after page until none remain, each typed and with its place', async () => {
  const { source, calls } = bulkOrg({ records: 4_000 });
  const pages = await drain(source.extract(shape, undefined));
  assert.deepEqual(
    pages.map(({ ids }) => ids.length),
    [1_500, 1_500, 1_000],
  );
  assert.equal(new Set(pages.flatMap(({ ids }) => ids)).size, 4_000);
  assert.deepEqual(
    pages.map(({ position, next }) => [position, next]),
    [
      [job, `${job}/1500`],
      [`${job}/1500`, `${job}/3000`],
      [`${job}/3000`, undefined],
    ],
  );
  assert.deepEqual(pages[0]?.first, ['l0@x.example', false, 0.5, 'Ada, "B"']);
  assert.equal(pages[0]?.chunks, 2);
  assert.deepEqual(JSON.parse(calls.find(({ method }) => method === 'POST')?.body ?? ''), {
    operation: 'query',
    query: "SELECT Id, SystemModstamp, Email, IsDeleted, Score__c, Owner.Name FROM Lead WHERE (Status = 'Open')",
    columnDelimiter: 'COMMA',
    lineEnding: 'LF',
  });
});

test('a read resumes at its place, without a new job', async () => {
  const { source, calls } = bulkOrg({ records: 4_000 });
  const pages = await drain(source.extract(shape, `${job}/3000`));
  assert.deepEqual(
    pages.map(({ ids }) => ids.length),
    [1_000],
  );
  assert.ok(calls.every(({ method }) => method === 'GET'));
});

test('a place that the org no longer knows says so', async () => {
  const { source } = bulkOrg({ records: 10 });
  await assert.rejects(drain(source.extract(shape, '750000000000999AAA/5')), PositionLostError);
  await assert.rejects(drain(source.extract(shape, 'nonsense')), PositionLostError);
  const stale = bulkOrg({
    records: 10,
    result: () => refusal(400, 'INVALID_LOCATOR', 'the locator is no longer valid'),
  });
  await assert.rejects(drain(stale.source.extract(shape, `${job}/5`)), PositionLostError);
});

test('I-20: a read without records has no pages, and asks for none', async () => {
  const { source, calls } = bulkOrg({ records: 0 });
  assert.deepEqual(await drain(source.extract(shape, undefined)), []);
  assert.ok(!calls.some(({ path }) => path.endsWith('/results')));
});

test('the job is waited for on the clock, with growing pauses; N-10: the forecast is what it took', async () => {
  const { source, calls, channel } = bulkOrg({
    records: 4_000,
    states: ['UploadComplete', 'InProgress', 'InProgress', 'JobComplete'],
  });
  const began = channel.clock.now();
  await drain(source.extract(shape, undefined));
  assert.equal(channel.clock.now() - began, 100 + 200 + 400 + 800);
  const made = calls.filter(({ path }) => path.includes('/jobs/query')).length;
  assert.equal(source.forecast({ kind: 'extract', records: 4_000 }), made);
});

test('a failed job says why', async () => {
  const wrong = bulkOrg({ records: 0, states: ['Failed'], errorMessage: 'INVALID_FIELD: No such column' });
  await assert.rejects(drain(wrong.source.extract(shape, undefined)), SettingsError);
  const passing = bulkOrg({ records: 0, states: ['Failed'], errorMessage: 'something broke' });
  await assert.rejects(drain(passing.source.extract(shape, undefined)), RetryError);
  const aborted = bulkOrg({ records: 0, states: ['Aborted'] });
  await assert.rejects(drain(aborted.source.extract(shape, undefined)), PositionLostError);
});

test('K-01: a page that is cut off is an error, not fewer records', async () => {
  const headers = { 'sforce-locator': 'null', 'sforce-numberofrecords': '3' };
  const short = bulkOrg({ records: 3, result: () => new Response(header + line(1) + line(2), { headers }) });
  await assert.rejects(drain(short.source.extract(shape, undefined)), /2 of 3 rows arrived/);
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(header + line(1)));
      queueMicrotask(() => controller.error(new TypeError('terminated')));
    },
  });
  const broken = bulkOrg({ records: 3, result: () => new Response(cut, { headers }) });
  await assert.rejects(drain(broken.source.extract(shape, undefined)), RetryError);
});

test('a reader that stops early leaves no page open', async () => {
  let cancelled = 0;
  const endless = (): Response =>
    new Response(new ReadableStream({ cancel: () => void (cancelled += 1) }), {
      headers: { 'sforce-locator': '9', 'sforce-numberofrecords': '5' },
    });
  const { source } = bulkOrg({ records: 9, result: endless });
  for await (const { next } of source.extract(shape, undefined)) {
    assert.equal(next, `${job}/9`);
    break;
  }
  assert.equal(cancelled, 2);
});
