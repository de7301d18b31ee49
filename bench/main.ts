// `npm run bench -- <name> [--records N] [--json]`: one benchmark, its figures as one line of JSON.
import { parseArgs } from 'node:util';
import { atLimit } from './at-limit.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { noOp } from './no-op.ts';
import { recovery } from './recovery.ts';
import { throughput } from './throughput.ts';

interface Benchmark {
  readonly records: number;
  run(records: number): Promise<object>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  throughput: { records: 1_000_000, run: throughput },
  'at-limit': { records: 40_000, run: atLimit },
  latency: { records: 40_000, run: latency },
  memory: { records: 1_000_000, run: memory },
  'no-op': { records: 1_000_000, run: noOp },
  recovery: { records: 5_000, run: recovery },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: 'string' }, json: { type: 'boolean' } },
});
const name = positionals[0] ?? '';
const benchmark = benchmarks[name];
const records = Number(values.records ?? benchmark?.records);
if (!benchmark || !Number.isSafeInteger(records) || records < 1) {
  console.error(`Usage: npm run bench -- <${Object.keys(benchmarks).join('|')}> [--records N] [--json]`);
  process.exit(2);
}
const result = { name, records, ...(await benchmark.run(records)) };
console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2));
process.exit(0);
