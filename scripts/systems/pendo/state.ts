import type { Entity } from './directory.ts';
import { idField, type Kind } from './objects.ts';
import type { Schema } from './schema.ts';

/**
 * What Pendo holds of a record in the fields that a sync writes, as the engine compares it: under the names that the
 * mapping gives them, and moments as Salesforce writes them, whatever Pendo keeps them as.
 */
export function stateOf(
  kind: Kind,
  { id, metadata }: Entity,
  paths: readonly string[],
  schema: Schema,
): Readonly<Record<string, unknown>> {
  const state: Record<string, unknown> = { [idField(kind)]: id };
  for (const path of paths) {
    const [group, name] = path.split('.');
    if (group === undefined || name === undefined) continue;
    const held = metadata[group]?.[name.toLowerCase()];
    if (held === undefined) continue;
    const fields = (state[group] ??= {}) as Record<string, unknown>;
    fields[name] = momentOf(schema.get(path.toLowerCase())?.type, held);
  }
  return state;
}

function momentOf(type: string | undefined, held: unknown): unknown {
  if (type !== 'date' && type !== 'time') return held;
  const at = typeof held === 'number' ? held : typeof held === 'string' ? Date.parse(held) : Number.NaN;
  if (Number.isNaN(at)) return held;
  const text = new Date(at).toISOString();
  return type === 'date' ? text.slice(0, 10) : text;
}
