// `npm test`: runs every test, keeps the results for `npm run requirements`, ends with the line that CI reads.
// With file patterns as arguments it runs those alone, and keeps no results.
import { ensureChromium } from './chromium.ts';
import { runJestTests } from './jest-tests.ts';
import { runNodeTests } from './node-tests.ts';
import { writeResults, type TestResult } from './results.ts';

const patterns = process.argv.slice(2);
const started = Date.now();
if (patterns.length === 0 || patterns.some((pattern) => /shell|end-to-end/.test(pattern))) ensureChromium();
const tests: TestResult[] = await runNodeTests(patterns);
if (patterns.length === 0) {
  tests.push(...runJestTests());
  writeResults({ finishedAt: new Date().toISOString(), tests });
}

const slowest = [...tests].sort((left, right) => right.milliseconds - left.milliseconds).slice(0, 5);
console.log(
  `\nSlowest: ${slowest.map((test) => `${test.titles.at(-1)} (${(test.milliseconds / 1000).toFixed(1)} s)`).join(' · ')}`,
);
console.log(`${new Set(tests.map((test) => test.file)).size} files in ${Math.round((Date.now() - started) / 1000)} s.`);
const count = (status: TestResult['status']): number => tests.filter((test) => test.status === status).length;
for (const test of tests.filter((candidate) => candidate.status === 'failed'))
  console.log(`failed: ${test.file} › ${test.titles.join(' › ')}`);
console.log(
  `${count('passed')} passed, ${count('failed')} failed${count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''}`,
);
process.exit(count('failed') > 0 || count('passed') === 0 ? 1 : 0);
