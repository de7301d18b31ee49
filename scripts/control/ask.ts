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

interface AnswerRow {
  readonly Status__c: string;
  readonly Answer__c: string | null;
}

const waits = [250, 250, 500, 1_000, 2_000] as const;

/** A command that waits in the org. */
export interface WaitingCommand {
  /** Waits for its answer. Throws `RetryError` when no worker answered in time. */
  answer(signal?: AbortSignal): Promise<Answer>;
}

/** Asks the worker of this org, through a command record and the doorbell. */
export async function askCommand(
  records: RecordClient,
  clock: Clock,
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
  requireWritten(await records.create('Plumbline_Doorbell__e', [{ Command_Id__c: id }]), 'the doorbell');
  return {
    async answer(signal) {
      for (let turn = 0; clock.now() < until; turn += 1) {
        await clock.sleep(waits[Math.min(turn, waits.length - 1)] ?? 2_000, signal);
        const row = await records.queryOne<AnswerRow>(
          `SELECT Status__c, Answer__c FROM Plumbline_Command__c WHERE Id = ${records.literal(id)}`,
        );
        if (row?.Answer__c !== null && row?.Answer__c !== undefined) return readAnswer(row.Answer__c);
        if (row === undefined || row.Status__c === 'Expired') break;
      }
      throw new RetryError('No worker answered in time.', [
        'See whether a worker runs: plumbline sync status.',
        'Start one with npm run worker, or give this command a worker of its own with --store.',
      ]);
    },
  };
}

function readAnswer(text: string): Answer {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'ok' in value) {
    if (value.ok === true && 'body' in value) return { ok: true, body: value.body };
    if (value.ok === false && 'message' in value && typeof value.message === 'string') {
      const actions = 'actions' in value && Array.isArray(value.actions) ? value.actions.map(String) : [];
      return { ok: false, message: value.message, actions };
    }
  }
  throw new SettingsError('The answer in the org is not one that this version understands.', [
    'Update the worker and this tool together.',
  ]);
}
