import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { TestResult } from './results.ts';

const reportFile = '.results/jest.json';

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

/** Runs the Lightning Web Components' tests with sfdx-lwc-jest, as soon as the package has components. */
export function runJestTests(): TestResult[] {
  if (globSync('force-app/**/lwc/**/__tests__/*.test.ts').length === 0) return [];
  mkdirSync('.results', { recursive: true });
  const jest = spawnSync('node_modules/.bin/sfdx-lwc-jest', ['--', '--json', `--outputFile=${reportFile}`], {
    stdio: ['ignore', 2, 2],
  });
  if (jest.error) throw jest.error;
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
  return report.testResults.flatMap((suite) => {
    const file = relative('.', suite.name);
    if (suite.assertionResults.length === 0) {
      console.log(suite.message);
      return [{ titles: ['the file loads'], file, status: 'failed' as const, milliseconds: 0 }];
    }
    return suite.assertionResults.map((test) => ({
      titles: [...test.ancestorTitles, test.title],
      file,
      status:
        test.status === 'passed'
          ? ('passed' as const)
          : test.status === 'failed'
            ? ('failed' as const)
            : ('skipped' as const),
      milliseconds: test.duration ?? 0,
    }));
  });
}
