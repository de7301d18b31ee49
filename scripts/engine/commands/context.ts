import type { ActiveVersion, Clock, ControlPlane, MakeId, Random, RunRow, Store } from '../ports/index.ts';
import { SettingsError } from '../errors.ts';
import type { CompiledSync, Ends, Exclusions } from '../run/index.ts';

/** The part of a session that commands ask. */
export interface SessionView {
  readonly version: ActiveVersion;
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly connections: ReadonlyMap<string, Ends>;
  readonly fullReads: {
    begin(sync: string, kind: 'backfill' | 'manual'): Promise<{ readonly run: RunRow; readonly begun: boolean }>;
  };
  wake(sync: string): void;
}

export interface CommandContext {
  readonly store: Store;
  readonly control: Pick<ControlPlane, 'pauses'>;
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

/** `sync/record ID` → its parts. Throws `SettingsError` for anything else. */
export function recordNamed(
  context: CommandContext,
  target: string,
): { readonly sync: CompiledSync; readonly source: string } {
  const slash = target.indexOf('/');
  if (slash < 1 || slash === target.length - 1) {
    throw new SettingsError(`"${target}" does not name a record.`, ['Write it as <sync>/<record ID>.']);
  }
  return { sync: syncNamed(context, target.slice(0, slash)), source: target.slice(slash + 1) };
}
