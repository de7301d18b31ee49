import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pause } from './chain.ts';

/** One of the project's commands, started through npm as a stranger would. */
export interface NpmEntry {
  readonly npm: ChildProcess;
  /** Every line of its stdout so far. */
  readonly lines: readonly string[];
  /** The first line that begins with `{`; rejects when it ends without one. */
  readonly answer: Promise<Record<string, unknown>>;
  /** Its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** Processes that it started, and itself, that still run. */
  running(): readonly number[];
  /** Milliseconds until none of them runs; throws, naming them, after `limit`. */
  gone(limit: number): Promise<number>;
  /** Kills whatever is left. */
  [Symbol.dispose](): void;
}

/** `npm run --silent <words>`. Its processes are told from others by a variable that they inherit (Linux: /proc). */
export function startWithNpm(words: readonly string[]): NpmEntry {
  const mark = `PLUMBLINE_TEST_MARK=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const npm = spawn('npm', ['run', '--silent', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, [name]: value },
  });
  const lines: string[] = [];
  const output = createInterface({ input: npm.stdout });
  const answer = new Promise<Record<string, unknown>>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line);
      if (line.startsWith('{')) resolve(JSON.parse(line) as Record<string, unknown>);
    });
    output.once('close', () => reject(new Error(`npm run ${words.join(' ')} ended without an answer.`)));
  });
  // Whoever awaits only the end need not hear of it.
  answer.catch(() => undefined);
  const running = (): readonly number[] => processesWith(mark);
  return {
    npm,
    lines,
    answer,
    ended: new Promise((resolve) => npm.once('exit', (code) => resolve(code))),
    running,
    gone: async (limit) => {
      const started = performance.now();
      while (running().length > 0) {
        if (performance.now() - started > limit)
          throw new Error(`After ${limit} ms these still run: ${running().map(commandLine).join('; ')}`);
        await pause(25);
      }
      return performance.now() - started;
    },
    [Symbol.dispose]: () => {
      for (const pid of running()) process.kill(pid, 'SIGKILL');
    },
  };
}

function processesWith(mark: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readOf(pid, 'environ').split('\0').includes(mark));
}

export function commandLine(pid: number): string {
  return `${pid} ${readOf(pid, 'cmdline').replaceAll('\0', ' ')}`;
}

/** Empty for a process that has ended meanwhile or is another user's. */
function readOf(pid: number, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return '';
    throw error;
  }
}
