import type { ConnectionConfiguration } from '../configuration.ts';
import { SettingsError } from '../errors.ts';
import type { Command } from '../ports/index.ts';
import { compileSync, type CompiledSync, type Ends } from '../run/index.ts';
import { recordNamed, syncNamed, type CommandContext } from './context.ts';

/** The ID of the `Plumbline_Sync__c` that a command is about, where it is about what is being set up. */
export function draftId({ arguments: { draft } }: Command): string | undefined {
  if (draft === undefined) return undefined;
  if (typeof draft === 'string' && /^[a-z0-9]{15}([a-z0-9]{3})?$/i.test(draft)) return draft;
  throw new SettingsError(`${JSON.stringify(draft)} is not the ID of a sync.`, [
    'Give the ID of its Plumbline_Sync__c.',
  ]);
}

/** A connection as it is at work, so that its requests stay in one lane; or opened, where its settings are others. */
export async function endsOf(connection: ConnectionConfiguration, context: CommandContext): Promise<Ends> {
  const { session } = context;
  const active = session?.version.configuration.connections.find(({ name }) => name === connection.name);
  const ends = active && sameText(active, connection) ? session?.connections.get(connection.name) : undefined;
  return ends ?? (await context.connect(connection));
}

/** The sync that a command names: a draft, compiled as activating it would, or an active one. Throws `SettingsError`. */
export async function syncAsked(command: Command, context: CommandContext): Promise<CompiledSync> {
  const id = draftId(command);
  if (id === undefined) return syncNamed(context, command.target);
  const { connection, sync } = await context.control.draft(id);
  const ends = await endsOf(connection, context);
  // Rights may have been given, and fields made, a moment ago.
  context.salesforce.source?.forgetSchema?.();
  return compileSync(sync, context.salesforce, ends);
}

/** The record that a command names: `sync/record ID`, or its ID alone, of a draft or of an active sync. */
export async function recordAsked(
  command: Command,
  context: CommandContext,
): Promise<{ readonly sync: CompiledSync; readonly source: string }> {
  if (draftId(command) === undefined) return await recordNamed(context, command.target);
  const source = command.target.slice(command.target.indexOf('/') + 1);
  if (source === '') throw new SettingsError(`"${command.target}" does not name a record.`, ['Give its ID.']);
  return { sync: await syncAsked(command, context), source };
}

/** True when both are the same configuration, whatever the order of their names. */
export function sameText(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, each]) => [name, sorted(each)]),
  );
}
