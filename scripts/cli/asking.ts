import { askCommand } from '../control/index.ts';
import { RecordError } from '../engine/index.ts';
import { openOrg, type OpenOrg } from './compose.ts';
import { interruptSignal } from './frame/interrupt.ts';
import type { Question } from './frame/ask.ts';
import type { LoginOptions } from './login.ts';

export interface Asking {
  readonly login: LoginOptions;
  readonly storeFile: string | undefined;
  readonly seconds: number;
}

/** Asks the worker of the org, or one that lives in this process as long as it is needed. */
export async function askWorker<Result>(
  { login, storeFile, seconds }: Asking,
  question: Question,
  after: (body: unknown, org: OpenOrg, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  await using org = await openOrg(login, process.env);
  const signal = interruptSignal();
  const answer = await askCommand(
    org.records,
    org.clock,
    {
      kind: question.kind,
      target: question.target,
      arguments: question.arguments ?? {},
      milliseconds: seconds * 1_000,
    },
    signal,
  );
  if (!answer.ok) throw new RecordError(answer.message, answer.actions);
  return await after(answer.body, org, signal);
}
