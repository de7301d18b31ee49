// `npm run requirements [-- --json] [-- --prefix I]`: which requirement is proven by which test, read from the results
// of the last `npm test` and from the titles of its tests; never from a hand-kept table. Without results: exit 2.
import { readFileSync } from 'node:fs';
import { readResults } from './results.ts';
import { assess, type Assessment, type RequirementStatus } from './requirement-status.ts';

const asJson = process.argv.includes('--json');
const results = readResults();
if (results === undefined) {
  console.error('There are no test results yet. Run `npm test` first, then this again.');
  process.exit(2);
}
const assessment = assess({
  lists: ['docs/requirements.md', 'docs/failure-modes.md'].map((file) => readFileSync(file, 'utf8')),
  answers: readFileSync('docs/requirement-answers.md', 'utf8'),
  readPage: (page) => readFileSync(page, 'utf8'),
  tests: results.tests,
});
if (asJson) console.log(JSON.stringify(assessment));
else printTable(assessment);

function printTable(rows: Assessment): void {
  const tally = new Map<RequirementStatus, number>();
  for (const [id, row] of Object.entries(rows)) {
    tally.set(row.status, (tally.get(row.status) ?? 0) + 1);
    console.log(
      `${id.padEnd(6)} ${row.status.padEnd(11)} ${row.tests[0] ?? row.by ?? ''}${row.tests.length > 1 ? ` (+${row.tests.length - 1})` : ''}`,
    );
  }
  console.log(
    `\n${[...tally].map(([status, count]) => `${count} ${status}`).join(', ')}; tests of ${results?.finishedAt}`,
  );
}
