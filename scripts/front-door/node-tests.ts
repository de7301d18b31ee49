import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from 'node:test';
import type { TestResult } from './results.ts';

/** Hidden from the test processes: with it set, node:test would take them for nested runs and run nothing. */
delete process.env['NODE_TEST_CONTEXT'];

/** A single test may take this long; the clients' own start-up times are in it. */
const timeoutMilliseconds = 8 * 60_000;

/** Files whose tests start processes of their own, and wait for them half of the time. */
const startsProcesses = /\/(end-to-end|browser|clients)\/|scripts\/cli\/|\.local\.test\.ts$/;

/** What takes long is begun first, so that no long file is left alone at the end. */
const longest = [/bench\/faults\//, /\/end-to-end\//, /\/browser\//, /\/clients\//, /scripts\/(cli|store|check)\//];

/**
 * Runs the tests of `scripts`, `local`, `bench` and `conformance` with node:test, each file in a process of its own: at
 * a time one that computes and two that start processes, which keep two cores busy. Prints failures as they come;
 * returns a result per test.
 */
export async function runNodeTests(patterns: readonly string[]): Promise<TestResult[]> {
  const found = globSync(patterns.length > 0 ? [...patterns] : ['{scripts,local,bench,conformance}/**/*.test.ts']);
  const files = found.sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
  if (files.length === 0) throw new Error(`No test file matches ${patterns.join(' ')}.`);
  const computing = files.filter((file) => !startsProcesses.test(file));
  const starting = files.filter((file) => startsProcesses.test(file));
  return (await Promise.all([runFiles(computing, 1), runFiles(starting, 2)])).flat();
}

function rank(file: string): number {
  const index = longest.findIndex((pattern) => pattern.test(file));
  return index === -1 ? longest.length : index;
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
