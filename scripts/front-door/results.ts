import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface TestResult {
  /** The titles from the outermost suite to the test itself. */
  readonly titles: readonly string[];
  /** Path from the project's root. */
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
}

export interface TestResults {
  readonly finishedAt: string;
  readonly tests: readonly TestResult[];
}

const resultsFile = '.results/tests.json';

export function writeResults(results: TestResults): void {
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, JSON.stringify(results, undefined, 1));
}

/** The results of the last full test run, absent when there was none. */
export function readResults(): TestResults | undefined {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8')) as TestResults;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
