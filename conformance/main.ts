// `npm run conformance [-- --target-org ALIAS] [--api-version 66.0] [--json]`: whether an org behaves as Salesforce
// documents it; without an alias, a local org that is started for it. Ends with 1 when a check failed.
import { parseArgs } from 'node:util';
import { checks } from './checks/index.ts';
import { runChecks } from './run.ts';
import type { CheckResult } from './run.ts';
import { openSfOrg, startLocalOrg, TargetError } from './target/index.ts';

const usage = 'Usage: npm run conformance [-- --target-org ALIAS] [--api-version 66.0] [--json]';
const marks = { passed: '✔', failed: '✖', 'could-not-check': '–' } as const;

function readWords() {
  try {
    const options = {
      'target-org': { type: 'string' },
      'api-version': { type: 'string', default: '66.0' },
      json: { type: 'boolean', default: false },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

function tell({ id, title, source, outcome, why }: CheckResult): void {
  console.log(`${marks[outcome]} ${id} ${title}`);
  if (why !== undefined) console.log(`    ${outcome}: ${why.replaceAll('\n', '\n    ')}\n    ${source}`);
}

const words = readWords();
const alias = words['target-org'];
const version = words['api-version'];
try {
  const target = await (alias === undefined ? startLocalOrg(version) : openSfOrg(alias, version));
  if (!words.json) console.log(`Checking ${target.name}, API version ${version}.`);
  const results = await runChecks(target.session, checks, words.json ? undefined : tell);
  await target.close();
  const count = (outcome: CheckResult['outcome']): number => results.filter((each) => each.outcome === outcome).length;
  const counts = { passed: count('passed'), failed: count('failed'), couldNotCheck: count('could-not-check') };
  if (words.json) console.log(JSON.stringify({ target: target.name, apiVersion: version, ...counts, checks: results }));
  else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.couldNotCheck} could not be checked.`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof TargetError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
