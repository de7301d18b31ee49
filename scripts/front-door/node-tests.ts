import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from 'node:test';
import type { TestResult } from './results.ts';

/** Hidden from the test processes: with it set, node:test would take them for nested runs and run nothing. */
delete process.env['NODE_TEST_CONTEXT'];

/** A single test may take this long; the clients' own start-up times are in it. */
const timeoutMilliseconds = 8 * 60_000;

/** Tests that start processes of their own, and keep both cores busy alone: one at a time. */
const busy = /\/(end-to-end|browser|clients|faults)\/|scripts\/cli\/|\.local\.test\.ts$/;

/**
 * Runs the tests of `scripts`, `local`, `bench` and `conformance` with node:test, each file in a process of its own.
 * Prints failures as they come and one line per file; returns a result per test.
 */
export async function runNodeTests(patterns: readonly string[]): Promise<TestResult[]> {
  const files = globSync(
    patterns.length > 0 ? [...patterns] : ['{scripts,local,bench,conformance}/**/*.test.ts'],
  ).sort();
  if (files.length === 0) throw new Error(`No test file matches ${patterns.join(' ')}.`);
  const together = files.filter((file) => !busy.test(file));
  const alone = files.filter((file) => busy.test(file));
  return [...(await runFiles(together, 2)), ...(await runFiles(alone, 1))];
}

async function runFiles(files: readonly string[], concurrency: number): Promise<TestResult[]> {
  const results: TestResult[] = [];
  if (files.length === 0) return results;
  const ancestors: string[] = [];
  const stream = run({
    files: [...files],
    concurrency,
    timeout: timeoutMilliseconds,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  stream.on('test:start', (event) => {
    ancestors.length = event.nesting;
    ancestors[event.nesting] = event.name;
  });
  const record = (event: TestEvent, status: TestResult['status']): void => {
    if (event.details.type === 'suite') return;
    ancestors.length = event.nesting;
    const titles = [...ancestors.slice(0, event.nesting), event.name];
    results.push({
      titles,
      file: relative('.', event.file ?? ''),
      status,
      milliseconds: Math.round(event.details.duration_ms),
    });
  };
  stream.on('test:pass', (event) => {
    record(event, event.skip !== undefined || event.todo !== undefined ? 'skipped' : 'passed');
  });
  stream.on('test:fail', (event) => {
    // A suite fails with its tests, a file with its suites: only what failed itself is told.
    if (event.details.error.cause instanceof Error || event.details.type !== 'suite') {
      record(event, 'failed');
      console.log(`✖ ${event.file ? relative('.', event.file) : ''} › ${event.name}`);
      console.log(indent(describeError(event.details.error)));
    }
  });
  stream.on('test:stderr', (event) => {
    if (process.env['PLUMBLINE_TEST_OUTPUT'] !== undefined) process.stderr.write(event.message);
  });
  stream.on('test:complete', () => undefined);
  await new Promise((resolve, reject) => {
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.resume();
  });
  return results;
}

interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly details: { readonly duration_ms: number; readonly type?: string | undefined };
}

function describeError(error: Error): string {
  const cause = error.cause;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return typeof cause === 'string' ? cause : error.message;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
