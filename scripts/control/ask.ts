import { z } from 'zod';
import {
  RetryError,
  SettingsError,
  type Answer,
  type Clock,
  type CommandKind,
  type RecordClient,
} from '../engine/index.ts';
import { dateTime } from './rows.ts';
import { requireWritten } from './writes.ts';

export interface CommandRequest {
  readonly kind: CommandKind;
  readonly target: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** How long the answer is waited for; the command never runs after that. */
  readonly milliseconds: number;
}

/** The package's Apex resource for the answer to a command, as its reader may see it. */
export type ReadAnswer = (commandId: string) => Promise<unknown>;

/** What `PlumblineAnswerResource` answers. */
const stateOfCommand = z.object({
  status: z.string(),
  answerJson: z.string().nullish(),
  hidden: z.array(z.string()),
  problem: z.string().nullish(),
});

export interface AskingOrg {
  readonly records: RecordClient;
  readonly clock: Clock;
  readonly readAnswer: ReadAnswer;
}

const waits = [250, 250, 500, 1_000, 2_000] as const;

/** A command that waits in the org. */
export interface WaitingCommand {
  /**
   * Waits for its answer, and names the fields that were left out of it, since this user may not read them. Throws
   * `RetryError` when no worker answered in time, or the answer has been taken away again.
   */
  answer(signal?: AbortSignal): Promise<Answer & { readonly hidden: readonly string[] }>;
}

/** Asks the worker of this org through a command record, whose trigger rings the doorbell. */
export async function askCommand(
  { records, clock, readAnswer }: AskingOrg,
  request: CommandRequest,
): Promise<WaitingCommand> {
  const until = clock.now() + request.milliseconds;
  const [id] = requireWritten(
    await records.create('Plumbline_Command__c', [
      {
        Kind__c: request.kind,
        Target__c: request.target,
        Arguments__c: JSON.stringify(request.arguments),
        Status__c: 'New',
        Expires_At__c: dateTime(until),
      },
    ]),
    'the command',
  );
  if (id === undefined) throw new SettingsError('The org gave the command no ID.', ['Try again.']);
  return {
    async answer(signal) {
      for (let turn = 0; clock.now() < until; turn += 1) {
        await clock.sleep(waits[Math.min(turn, waits.length - 1)] ?? 2_000, signal);
        const { status, answerJson, hidden, problem } = readState(await readAnswer(id));
        if (answerJson !== undefined && answerJson !== null) return { ...parseAnswer(answerJson), hidden };
        if (status === 'Expired') break;
        if (problem !== undefined && problem !== null) throw new RetryError(problem, ['Ask again.']);
      }
      throw new RetryError('No worker answered in time.', [
        'See whether a worker runs: plumbline sync status.',
        'Start one with npm run worker, or give this command a worker of its own with --store.',
      ]);
    },
  };
}

function readState(given: unknown): z.infer<typeof stateOfCommand> {
  const parsed = stateOfCommand.safeParse(given);
  if (parsed.success) return parsed.data;
  throw notUnderstood();
}

function parseAnswer(text: string): Answer {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'ok' in value) {
    if (value.ok === true && 'body' in value) return { ok: true, body: value.body };
    if (value.ok === false && 'message' in value && typeof value.message === 'string') {
      const actions = 'actions' in value && Array.isArray(value.actions) ? value.actions.map(String) : [];
      return { ok: false, message: value.message, actions };
    }
  }
  throw notUnderstood();
}

const notUnderstood = (): SettingsError =>
  new SettingsError('The answer in the org is not one that this version understands.', [
    'Update the package, the worker and this tool together.',
  ]);
