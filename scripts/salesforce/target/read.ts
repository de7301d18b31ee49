import type { Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import type { QueryRow } from '../query.ts';
import { queryByKey } from './by-key.ts';
import type { Key } from './key.ts';

/** What the org holds of these keys in the fields that a sync writes, as nested objects by key. */
export async function readState(
  channel: Channel,
  object: OrgObject,
  key: Key,
  fields: readonly string[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const asked = new Map(keys.map((each) => [key.fold(each), each]));
  const state = new Map<string, Readonly<Record<string, unknown>>>();
  await queryByKey(channel, object, key, fields, keys, (folded, row) => {
    const name = asked.get(folded);
    if (name !== undefined && !state.has(name)) state.set(name, plain(row));
  });
  return state;
}

/** Without the type of each record, and with times as the engine writes them. */
function plain(row: QueryRow): Readonly<Record<string, unknown>> {
  const { attributes: _type, ...values } = row;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'object' && value !== null) return [name, plain(value as QueryRow)];
      return [name, typeof value === 'string' && value.endsWith('+0000') ? `${value.slice(0, -5)}Z` : value];
    }),
  );
}
