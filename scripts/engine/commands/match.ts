import { SettingsError } from '../errors.ts';
import type { Command } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import type { CommandContext } from './context.ts';
import { draftId, syncAsked } from './draft.ts';
import { KeyTally, type Alike } from './key-tally.ts';

export interface MatchExample {
  readonly kind: 'blank' | 'invalid' | 'duplicate';
  /** Path of the key's field. */
  readonly source: string;
  readonly value?: unknown;
  readonly records: readonly { readonly id: string; readonly name: string }[];
}

export interface Match {
  readonly records: number;
  readonly withKey: number;
  readonly blank: number;
  readonly invalid: number;
  /** Records that share their key with another. */
  readonly duplicates: number;
  readonly examples: readonly MatchExample[];
}

const mostExamples = 20;

/**
 * How far the key tells records apart (P-56): reads the key of every record that takes part, in pages, and keeps 8 bytes
 * of each. Throws the errors of the source, and `SettingsError` for more records than can be compared.
 */
export async function match(command: Command, context: CommandContext): Promise<Match> {
  const { examples: asked } = command.arguments;
  const most = typeof asked === 'number' ? Math.min(Math.max(0, Math.trunc(asked)), mostExamples) : 5;
  const sync = await syncAsked(command, context);
  // What an active sync reads beside its key is of no use here.
  const key = sync.configuration.key.source;
  const shape = { ...sync.shape, fields: [key] };
  const tally = new KeyTally(most);
  for await (const { chunks } of sync.source.extract(shape, undefined)) {
    for await (const rows of chunks) {
      for (const { id, cells } of rows) {
        const cell = cells[0] ?? null;
        if (cell === null || cell === '') tally.blank(id);
        else {
          const compiled = sync.target.normaliseKey(sync.targetObject, String(cell));
          if ('key' in compiled) tally.key(id, compiled.key);
          else tally.invalid(id);
        }
      }
      if (tally.isFull) throw tooMany(sync, draftId(command));
    }
  }
  const { counts, alike } = tally.finish();
  return { ...counts, examples: await withNames(sync, key, alike) };
}

function tooMany(sync: CompiledSync, draft: string | undefined): SettingsError {
  return new SettingsError(`${sync.name} has more records than keys can be compared of at once.`, [
    `Narrow the condition of the ${draft === undefined ? 'sync' : 'draft'}, and ask again.`,
  ]);
}

async function withNames(sync: CompiledSync, key: string, alike: readonly Alike[]): Promise<readonly MatchExample[]> {
  const ids = [...new Set(alike.flatMap((each) => each.ids))];
  if (ids.length === 0) return [];
  const { source, shape } = sync;
  const hasName = (await source.describe(shape.object, ['Name'])).fields.has('Name');
  const { rows } = await source.hydrate({ ...shape, fields: hasName ? [key, 'Name'] : [key] }, ids);
  const read = new Map(rows.map((row) => [row.id, row.cells]));
  return alike.map(({ kind, ids: group }) => {
    const value = read.get(group[0] ?? '')?.[0] ?? undefined;
    const records = group.map((id) => ({ id, name: String(read.get(id)?.[1] ?? id) }));
    return { kind, source: key, ...(kind !== 'blank' && value !== undefined && { value }), records };
  });
}
