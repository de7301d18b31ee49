import { PlumblineError, SettingsError } from '../errors.ts';
import type { Exchange } from '../run/index.ts';
import type { Answer, Command, CommandKind } from '../ports/index.ts';
import { dryRun, explain, preview } from '../rehearsal/index.ts';
import { check } from './check.ts';
import { atWork, syncNamed, type CommandContext } from './context.ts';
import { describe } from './describe.ts';
import { draftId, recordAsked, syncAsked } from './draft.ts';
import { fields } from './fields.ts';
import { keys } from './keys.ts';
import { match } from './match.ts';
import { records, retry } from './records.ts';
import { status } from './status.ts';
import { systems } from './systems.ts';
import { testRecord } from './test-record.ts';

type Handler = (command: Command, context: CommandContext) => Promise<unknown>;

const handlers: Readonly<Record<CommandKind, Handler>> = {
  check,
  plan: async (command, context) => {
    const { sample, compare } = command.arguments;
    const request = {
      compare: typeof compare === 'number' ? compare : 20,
      ...(typeof sample === 'number' && { sample }),
    };
    const sync = await syncAsked(command, context);
    return await dryRun(sync, request, context, [...(context.session?.syncs.values() ?? [])]);
  },
  backfill: (command, context) => fullRead(command, context, 'backfill'),
  run: (command, context) => fullRead(command, context, 'manual'),
  explain: async (command, context) => {
    const { sync, source } = await recordAsked(command, context);
    const exchange = context.session?.exchange(sync.name, source);
    const explained = await explain(sync, source, context);
    return { ...explained, ...(exchange && { exchange: await masked(exchange, sync.connection, context) }) };
  },
  retry,
  // The pause is a field of the org, set by whoever asked; the command makes the worker look at once.
  pause: pausedNow,
  resume: pausedNow,
  status: (_command, context) => status(context),
  records,
  describe,
  fields,
  keys,
  systems: async (command, context) => systems(command, context),
  match,
  preview: async (command, context) => {
    const { sync, source } = await recordAsked(command, context);
    return await preview(sync, source, context);
  },
  test: testRecord,
  rights: async (command, context) => {
    const id = draftId(command);
    const sync =
      id === undefined ? syncNamed(context, command.target).configuration : (await context.control.draft(id)).sync;
    return await context.setup.rights(sync);
  },
};

/** Answers a command. What a person can mend is an answer; any other error is thrown. */
export async function answerCommand(command: Command, context: CommandContext): Promise<Answer> {
  try {
    return { ok: true, body: await handlers[command.kind](command, context) };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return { ok: false, message: error.message, actions: error.actions };
  }
}

/** A sync is read, or each sync of a connection that is not paused: both directions, as the configuration orders them. */
async function fullRead(command: Command, context: CommandContext, kind: 'backfill' | 'manual'): Promise<unknown> {
  const { fullReads, syncs } = atWork(context);
  const begin = async (sync: string): Promise<{ run: string; sync: string; kind: string; begun: boolean }> => {
    const source = syncs.get(sync)?.source;
    // What is read in full alone may have been read a moment ago, for another question: who asks now means what is there now.
    if (source && !source.changes) source.forgetSchema?.();
    const { run, begun } = await fullReads.begin(sync, kind);
    return { run: run.id, sync, kind: run.kind, begun };
  };
  const ofConnection = [...syncs.values()].filter(({ connection }) => connection === command.target);
  if (ofConnection.length === 0 || syncs.has(command.target))
    return await begin(syncNamed(context, command.target).name);
  const paused = await context.control.pauses();
  if (paused.has('*') || paused.has(command.target) || ofConnection.every(({ name }) => paused.has(name))) {
    throw new SettingsError(`Every sync of ${command.target} is paused, so nothing is synced.`, [
      'Resume the connection or one of its syncs first.',
    ]);
  }
  const runs = [];
  for (const { name } of ofConnection.filter((sync) => !paused.has(sync.name))) runs.push(await begin(name));
  return { runs };
}

async function pausedNow(_command: Command, context: CommandContext): Promise<unknown> {
  for (const sync of context.session?.syncs.keys() ?? []) context.session?.wake(sync);
  return { paused: [...(await context.control.pauses())] };
}

/** No secret of the connection is in what we send of a record, but what a system answers may quote it. */
async function masked(exchange: Exchange, connection: string, { setup, session }: CommandContext): Promise<Exchange> {
  const configuration = session?.version.configuration.connections.find(({ name }) => name === connection);
  if (!configuration) return exchange;
  const mask = (text: string): string => setup.masked(configuration, text);
  return { ...exchange, request: mask(exchange.request), reply: mask(exchange.reply) };
}
