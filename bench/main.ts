// `npm run bench -- <name> [--records N] [--json]`: one benchmark, its figures as one line of JSON. `faults` takes
// `--schedules N [--seed FIRST]` in place of records.
import { parseArgs } from 'node:util';
import { atLimit } from './at-limit.ts';
import { bothWays } from './both-ways.ts';
import { doors } from './doors.ts';
import { faults } from './faults.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { noOp } from './no-op.ts';
import { recovery } from './recovery.ts';
import { screens } from './screens/index.ts';
import { throughput } from './throughput.ts';

interface Benchmark {
  readonly counts: 'records' | 'schedules';
  readonly usually: number;
  run(count: number, seed: number): Promise<object>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  throughput: { counts: 'records', usually: 1_000_000, run: throughput },
  'at-limit': { counts: 'records', usually: 40_000, run: atLimit },
  latency: { counts: 'records', usually: 40_000, run: latency },
  memory: { counts: 'records', usually: 1_000_000, run: memory },
  'no-op': { counts: 'records', usually: 1_000_000, run: noOp },
  recovery: { counts: 'records', usually: 5_000, run: recovery },
  'both-ways': { counts: 'records', usually: 100_000, run: bothWays },
  doors: { counts: 'records', usually: 20_000, run: doors },
  screens: { counts: 'records', usually: 40_000, run: screens },
  faults: { counts: 'schedules', usually: 10_000, run: faults },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string' },
    schedules: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean' },
  },
});
const name = positionals[0] ?? '';
const benchmark = benchmarks[name];
const count = Number(benchmark && (values[benchmark.counts] ?? benchmark.usually));
const seed = Number(values.seed);
if (!benchmark || !Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error(
    `Usage: npm run bench -- <${Object.keys(benchmarks).join('|')}> [--records N | --schedules N [--seed N]] [--json]`,
  );
  process.exit(2);
}
// What it started ends with it, but only where it ends by itself.
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));
const figures = await benchmark.run(count, seed);
const result = { name, [benchmark.counts]: count, ...figures };
console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2));
process.exit('passed' in figures && !figures.passed ? 1 : 0);
