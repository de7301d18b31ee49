import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Started<Answer> {
  /** The first line of its stdout that began with `{`. */
  readonly answer: Answer;
  readonly process: ChildProcess;
  /** Asks it to end, and makes it after five seconds. Resolves when it has ended. */
  stop(): Promise<void>;
}

const endWithinMilliseconds = 5_000;
/** The same that `npm run` starts an entry point with. */
const entryOptions = JSON.parse(readFileSync(new URL('entry-options.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { readonly node: readonly string[]; readonly environment: Readonly<Record<string, string>> }>
>;
const running = new Set<ChildProcess>();

/** Starts one of the project's entry points as a process of its own and waits for its answer. */
export async function start<Answer>(
  entry: string,
  words: readonly string[],
  options: {
    readonly environment?: NodeJS.ProcessEnv;
    readonly nodeOptions?: readonly string[];
    /** A file that takes its stderr; this process's own takes it otherwise. */
    readonly logFile?: string;
    /** True for a process that leaves the processors to whoever wants them. */
    readonly yields?: boolean;
  } = {},
): Promise<Started<Answer>> {
  const child = spawn(
    options.yields ? 'nice' : process.execPath,
    [
      ...(options.yields ? ['-n', '10', process.execPath] : []),
      '--disable-warning=ExperimentalWarning',
      ...(entryOptions[entry]?.node ?? []),
      ...(options.nodeOptions ?? []),
      entry,
      ...words,
    ],
    {
      stdio: ['ignore', 'pipe', options.logFile === undefined ? 'inherit' : openSync(options.logFile, 'a')],
      env: { ...entryOptions[entry]?.environment, ...process.env, ...options.environment },
    },
  );
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('error', reject);
    // By then all that it said is read: its answer may be its last word.
    child.once('close', (code, signal) => {
      reject(new Error(`${entry} ended before it was ready (${signal ?? `exit code ${code}`}).`));
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Answer);
    });
  });
  return {
    answer,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), endWithinMilliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Asks all that this process has started to end, the latest first, and makes what still runs after `milliseconds`. */
export async function stopAll(milliseconds: number): Promise<void> {
  const timer = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, milliseconds);
  for (const child of [...running].reverse()) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  clearTimeout(timer);
}

/** However this process ends, what it started ends with it. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
