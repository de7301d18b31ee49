import { commandKinds, type Answer, type Command, type CommandKind, type RecordClient } from '../engine/index.ts';
import { collect, cutForQuery, dateTime } from './rows.ts';
import { requireWritten } from './writes.ts';

const commandObject = 'Plumbline_Command__c';
/** A long text area holds 131,072 characters. */
const maxAnswer = 131_072;
const claimAtOnce = 50;

interface CommandRow {
  readonly Id: string;
  readonly Kind__c: string;
  readonly Target__c: string | null;
  readonly Arguments__c: string | null;
  readonly Status__c: string;
  readonly Expires_At__c: string;
}

/** Claims commands for one worker and answers them. One query while nothing waits. */
export interface CommandDesk {
  claim(storeId: string, now: number): Promise<readonly Command[]>;
  answer(commandId: string, answer: Answer, now: number): Promise<void>;
}

export function createCommandDesk(records: RecordClient): CommandDesk {
  /** Claimed by this process: those that an earlier process of the same store left unanswered are handed out again. */
  const handedOut = new Set<string>();

  async function answer(commandId: string, given: Answer, now: number): Promise<void> {
    const fitting = fit(given);
    requireWritten(
      await records.update(commandObject, [
        {
          Id: commandId,
          Status__c: fitting.ok ? 'Done' : 'Failed',
          Answer__c: JSON.stringify(fitting),
          Answered_At__c: dateTime(now),
        },
      ]),
      'the answer of a command',
    );
    handedOut.delete(commandId);
  }

  async function claim(storeId: string, now: number): Promise<readonly Command[]> {
    const mine = `(Status__c = 'Claimed' AND Claimed_By__c = ${records.literal(storeId)})`;
    const waiting = await collect(
      records.query<CommandRow>(
        `SELECT Id, Kind__c, Target__c, Arguments__c, Status__c, Expires_At__c FROM ${commandObject} ` +
          `WHERE Status__c = 'New' OR ${mine} ORDER BY CreatedDate, Id LIMIT ${claimAtOnce}`,
      ),
    );
    const fresh = waiting.filter((row) => !handedOut.has(row.Id));
    const expired = fresh.filter((row) => Date.parse(row.Expires_At__c) <= now);
    const open = fresh.filter((row) => Date.parse(row.Expires_At__c) > now);
    if (expired.length > 0) {
      await records.update(
        commandObject,
        expired.map((row) => ({ Id: row.Id, Status__c: 'Expired', Answered_At__c: dateTime(now) })),
      );
    }
    const unclaimed = open.filter((row) => row.Status__c === 'New');
    if (unclaimed.length > 0) {
      // A record that another worker claimed meanwhile is refused by the org's rule; what is read back decides.
      await records.update(
        commandObject,
        unclaimed.map((row) => ({
          Id: row.Id,
          Status__c: 'Claimed',
          Claimed_By__c: storeId,
          Claimed_At__c: dateTime(now),
        })),
      );
    }
    const ours = await claimedBy(
      storeId,
      open.map((row) => row.Id),
    );
    const commands: Command[] = [];
    for (const row of open.filter(({ Id }) => ours.has(Id))) {
      const read = readCommand(row);
      if ('command' in read) commands.push(read.command);
      else await answer(row.Id, read.answer, now);
    }
    // Only once none of the calls has failed: what is handed out is not read again.
    for (const { id } of commands) handedOut.add(id);
    return commands;
  }

  async function claimedBy(storeId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const ours = new Set<string>();
    for (const part of cutForQuery(ids)) {
      const query =
        `SELECT Id FROM ${commandObject} WHERE Id IN ${records.literal(part)} ` +
        `AND Status__c = 'Claimed' AND Claimed_By__c = ${records.literal(storeId)}`;
      for await (const row of records.query<{ readonly Id: string }>(query)) ours.add(row.Id);
    }
    return ours;
  }

  return { claim, answer };
}

function readCommand(row: CommandRow): { readonly command: Command } | { readonly answer: Answer } {
  const kind = commandKinds.find((each): each is CommandKind => each === row.Kind__c);
  if (kind === undefined) {
    return refuse(
      `This worker does not know the command "${row.Kind__c}".`,
      'Update the worker to the version of the package.',
    );
  }
  let given: unknown;
  try {
    given = JSON.parse(row.Arguments__c ?? '{}');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse(
      'The arguments of the command are not a JSON object.',
      'Write the arguments as a JSON object, like {"limit":100}.',
    );
  }
  return { command: { id: row.Id, kind, target: row.Target__c ?? '', arguments: { ...given } } };
}

function refuse(message: string, action: string): { readonly answer: Answer } {
  return { answer: { ok: false, message, actions: [action] } };
}

/** An answer that the org cannot hold becomes one that says so. */
function fit(answer: Answer): Answer {
  if (JSON.stringify(answer).length <= maxAnswer) return answer;
  return {
    ok: false,
    message: `The answer is longer than the ${maxAnswer.toLocaleString('en')} characters that the org can hold.`,
    actions: ['Ask for fewer records at a time.'],
  };
}
