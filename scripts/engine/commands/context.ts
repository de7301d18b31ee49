import type { ConnectionConfiguration } from '../configuration.ts';
import type { ActiveVersion, Clock, ControlPlane, MakeId, Random, RunRow, Setup, Store } from '../ports/index.ts';
import { SettingsError } from '../errors.ts';
import type { CompiledSync, Ends, Exchange, Exclusions, Pipeline } from '../run/index.ts';

/** The part of a session that commands ask. */
export interface SessionView {
  readonly version: ActiveVersion;
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly connections: ReadonlyMap<string, Ends>;
  readonly fullReads: {
    begin(sync: string, kind: 'backfill' | 'manual'): Promise<{ readonly run: RunRow; readonly begun: boolean }>;
  };
  /** Loops that stand still: what, why, and until when (milliseconds since 1970). */
  readonly waits: readonly {
    readonly what: string;
    readonly sync?: string;
    readonly message: string;
    readonly actions: readonly string[];
    readonly until: number;
  }[];
  wake(sync: string): void;
  /** The way to the records of a key space that the version sends to; absent when none of its syncs does. */
  pipelineOf(keySpace: string): Pipeline | undefined;
  /** The last request that carried the record lately, and what came of it. */
  exchange(sync: string, source: string): Exchange | undefined;
  /** Lets records of a sync that is not active pass its own pause while `work` lasts; every other pause holds. */
  beyondOwnPause<Value>(sync: string, work: () => Promise<Value>): Promise<Value>;
}

export interface CommandContext {
  readonly store: Store;
  readonly control: Pick<ControlPlane, 'pauses' | 'draft'>;
  /** The org, as source and target. */
  readonly salesforce: Ends;
  /** Opens a connection that is not at work. Throws `SettingsError` or `CredentialsError` when that cannot be. */
  readonly connect: (connection: ConnectionConfiguration) => Promise<Ends>;
  readonly setup: Setup;
  /** Told which runs' figures changed. */
  readonly changedRuns: (runs: Iterable<string>) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
  readonly exclusions: Exclusions;
  /** Absent while no version is activated. */
  readonly session: SessionView | undefined;
}

/** The session at work. Throws `SettingsError` when there is none. */
export function atWork({ session }: CommandContext): SessionView {
  if (session) return session;
  throw new SettingsError('No configuration is activated in this org, so there is nothing to ask the worker for.', [
    'Activate a version first.',
  ]);
}

/** The active sync of that name. Throws `SettingsError`, naming those that there are. */
export function syncNamed(context: CommandContext, name: string): CompiledSync {
  const { syncs } = atWork(context);
  const sync = syncs.get(name);
  if (sync) return sync;
  const names = [...syncs.keys()].join(', ');
  throw new SettingsError(`There is no active sync "${name}".`, [`Use one of: ${names}.`]);
}

/** The active connection of that name. Throws `SettingsError`, naming those that there are. */
export function activeConnection(name: string, context: CommandContext): ConnectionConfiguration {
  const { connections } = atWork(context).version.configuration;
  const found = connections.find((each) => each.name === name);
  if (found) return found;
  const names = connections.map((each) => each.name).join(', ');
  throw new SettingsError(`There is no active connection "${name}".`, [`Use one of: ${names}.`]);
}

/**
 * `sync/record ID`, or the record ID alone → its sync and ID. A bare ID's object is told by its first characters, as
 * the source describes its objects (I-22). Throws `SettingsError` for anything else, and for an object that no active
 * sync reads, or several do.
 */
export async function recordNamed(
  context: CommandContext,
  target: string,
): Promise<{ readonly sync: CompiledSync; readonly source: string }> {
  const slash = target.indexOf('/');
  if (slash > 0 && slash < target.length - 1) {
    return { sync: syncNamed(context, target.slice(0, slash)), source: target.slice(slash + 1) };
  }
  if (!isRecordId(target)) {
    throw new SettingsError(`"${target}" does not name a record.`, [
      'Write it as <sync>/<record ID>, or give the 18 characters of its Salesforce ID alone.',
    ]);
  }
  return { sync: await syncOfId(context, target), source: target };
}

/** True for the 18 characters of a Salesforce ID. */
export function isRecordId(text: string): boolean {
  return /^[a-z0-9]{18}$/i.test(text);
}

async function syncOfId(context: CommandContext, id: string): Promise<CompiledSync> {
  const prefix = id.slice(0, 3);
  const found: CompiledSync[] = [];
  for (const sync of atWork(context).syncs.values()) {
    // Only the IDs of Salesforce carry their object.
    if (sync.sourceName !== 'salesforce') continue;
    const { keyPrefix } = await sync.source.describe(sync.shape.object, []);
    if (keyPrefix === prefix) found.push(sync);
  }
  const [only, ...others] = found;
  if (!only) {
    throw new SettingsError(`No active sync reads the object whose IDs begin with ${prefix}.`, [
      'Check the ID, or activate a sync of its object.',
    ]);
  }
  if (others.length === 0) return only;
  throw new SettingsError(`Several active syncs read ${only.shape.object}, so ${id} alone does not say which.`, [
    `Write one of: ${found.map(({ name }) => `${name}/${id}`).join(', ')}.`,
  ]);
}
