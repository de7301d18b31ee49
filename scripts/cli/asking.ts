import { askCommand } from '../control/index.ts';
import { RecordError } from '../engine/index.ts';
import { openOrg, openWorker, type OpenOrg } from './compose.ts';
import { interruptSignal } from './frame/interrupt.ts';
import type { Question } from './frame/ask.ts';
import type { LoginOptions } from './login.ts';
import { secretsIn, workerLog } from './worker-log.ts';

export interface Asking {
  readonly login: LoginOptions;
  /** Store of a worker that this process runs itself as long as it is needed; absent: the org's worker is asked. */
  readonly storeFile: string | undefined;
  readonly seconds: number;
}

/**
 * Asks the worker of the org and hands its answer's body to `after`. Throws the refusal of the worker with its actions,
 * or what ended a worker of our own. That worker finishes what has left before this returns.
 */
export async function askWorker<Result>(
  { login, storeFile, seconds }: Asking,
  question: Question,
  after: (body: unknown, org: OpenOrg, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  await using org = await openOrg(login, process.env);
  const signal = interruptSignal();
  const asked = async (): Promise<Result> => {
    const { kind, target } = question;
    const request = { kind, target, arguments: question.arguments ?? {}, milliseconds: seconds * 1_000 };
    const answer = await askCommand(org.records, org.clock, request, signal);
    if (!answer.ok) throw new RecordError(answer.message, answer.actions);
    return await after(answer.body, org, signal);
  };
  if (storeFile === undefined) return await asked();
  const log = workerLog(org.clock, { json: !process.stderr.isTTY, secrets: secretsIn(process.env) });
  const quiet: typeof log = (entry) => (entry.level === 'info' ? undefined : log(entry));
  await using worker = await openWorker(org, { storeFile, environment: process.env, log: quiet });
  const done = new AbortController();
  const running = worker.run(done.signal);
  try {
    return await Promise.race([
      asked(),
      running.then(() => Promise.reject(new Error('The worker ended before it had answered.'))),
    ]);
  } finally {
    done.abort(new Error('done'));
    await running;
  }
}
