import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordRow } from '../../engine/index.ts';
import { row, run } from '../contract/samples.ts';
import { openStore } from '../index.ts';

/*
 * What the store costs a full read: rows, topClaims and commit of chunks of 1,000 records with a claim each, of which
 * 1 in 100 shares one key; first all new, then all unchanged. Prints microseconds per record.
 *
 *   node scripts/store/testing/measure.ts [records] [folder]
 */
const records = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'plumbline-measure-'));
const file = join(folder, 'store.db');
const chunkSize = 1_000;
const keySpace = 'main/user';

function chunk(from: number, runId: string, outcome: 'created' | 'unchanged'): RecordRow[] {
  return Array.from({ length: chunkSize }, (_, offset) => {
    const index = from + offset;
    const scattered = (Math.imul(index, 0x9e3779b1) >>> 0).toString(36);
    return row(`00Q${String(index).padStart(15, '0')}`, {
      key: index % 100 === 7 ? 'shared@example.com' : `${scattered}.${index}@example.com`,
      version: { own: 1_700_000_000_000 + from, parents: 1_700_000_000_000 },
      hash: `da39a3ee5e6b4b0d3255bfef95601890${index}`,
      outcome,
      run: runId,
      bulkRun: runId,
      createdIn: 'created',
    });
  });
}

const store = await openStore({ file });
await store.acquire('measure', 0, Number.MAX_SAFE_INTEGER);
for (const outcome of ['created', 'unchanged'] as const) {
  await store.commit({ runs: [run(outcome)] });
  const took = { rows: 0, topClaims: 0, commit: 0 };
  let slowest = 0;
  const cpu = { user: 0, system: 0 };
  for (let from = 0; from < records; from += chunkSize) {
    const rows = chunk(from, outcome, outcome);
    const used = process.cpuUsage();
    const begun = performance.now();
    await store.rows(
      'leads',
      rows.map((each) => each.source),
    );
    const read = performance.now();
    await store.topClaims(keySpace, [...new Set(rows.map((each) => each.key ?? ''))]);
    const elected = performance.now();
    const counts = { read: chunkSize, [outcome]: chunkSize };
    await store.commit({ rows, runDeltas: [{ run: outcome, counts, reasons: {} }] });
    const done = performance.now();
    const { user, system } = process.cpuUsage(used);
    cpu.user += user;
    cpu.system += system;
    took.rows += read - begun;
    took.topClaims += elected - read;
    took.commit += done - elected;
    slowest = Math.max(slowest, done - elected);
  }
  const perRecord = (microseconds: number): number => Number((microseconds / records).toFixed(2));
  console.log(
    JSON.stringify({
      pass: outcome,
      records,
      rows: perRecord(took.rows * 1_000),
      topClaims: perRecord(took.topClaims * 1_000),
      commit: perRecord(took.commit * 1_000),
      wall: perRecord((took.rows + took.topClaims + took.commit) * 1_000),
      cpu: { user: perRecord(cpu.user), system: perRecord(cpu.system) },
      slowestCommitMilliseconds: Math.round(slowest),
      peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1_024),
      fileMB: Math.round(statSync(file).size / 1e6),
    }),
  );
}
await store.close();
rmSync(folder, { recursive: true });
