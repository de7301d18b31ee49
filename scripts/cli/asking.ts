import { askCommand, readSyncStates } from '../control/index.ts';
import { RecordError, type CommandKind, type Store } from '../engine/index.ts';
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
  const { kind, target } = question;
  // Sent before a worker of our own starts, so that the first look of that worker finds it.
  const { records, clock, salesforce } = org;
  const command = await askCommand(
    { records, clock, readAnswer: (id) => salesforce.readAnswer(id) },
    { kind, target, arguments: question.arguments ?? {}, milliseconds: seconds * 1_000 },
  );
  const answered = async (): Promise<Result> => {
    const answer = await command.answer(signal);
    if (answer.hidden.length > 0) {
      process.stderr.write(`Left out, as you may not read it in Salesforce: ${answer.hidden.join(', ')}.\n`);
    }
    if (!answer.ok) throw new RecordError(answer.message, answer.actions);
    return await after(answer.body, org, signal);
  };
  if (storeFile === undefined) return await answered();
  const log = workerLog(org.clock, { json: !process.stderr.isTTY, secrets: secretsIn(process.env) });
  const quiet: typeof log = (entry) => (entry.level === 'info' ? undefined : log(entry));
  await using worker = await openWorker(org, { storeFile, environment: process.env, log: quiet });
  const done = new AbortController();
  const running = worker.run(done.signal);
  const ended = running.then(() => Promise.reject(new Error('The worker ended before it had answered.')));
  try {
    const result = await Promise.race([answered(), ended]);
    if (leavesWork.has(kind)) await Promise.race([drainLive(worker.store, org, signal), ended]);
    return result;
  } finally {
    done.abort(new Error('done'));
    await running;
  }
}

/** What they queue, or find queued, is delivered by the worker that answers them. */
const leavesWork: ReadonlySet<CommandKind> = new Set(['backfill', 'run', 'retry']);
const drainMilliseconds = 10_000;

/**
 * Waits until no live change of a running sync is left, or for ten seconds: a change that came in during a full read is
 * not counted by it, and would else wait for the next worker. Work on its way counts: it is not due, but not done.
 */
async function drainLive(store: Store, { clock, records }: OpenOrg, signal: AbortSignal): Promise<void> {
  const until = clock.now() + drainMilliseconds;
  const { paused } = await readSyncStates(records);
  while (clock.now() < until) {
    if (!(await store.backlog()).some(({ sync, urgency }) => urgency === 0 && !paused.has(sync))) return;
    await clock.sleep(100, signal);
  }
}
