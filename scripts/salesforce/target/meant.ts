import type { Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import type { OrgDoor } from './door.ts';
import type { Key } from './key.ts';
import type { Outgoing } from './outgoing.ts';
import { holds, pathsOf } from './present.ts';
import { reject, type Settled } from './refusals.ts';
import { resolveIds } from './resolve.ts';

/** Which records of the org the records of a batch are, and what is settled of them by that alone. */
export interface Meant {
  readonly found: readonly Outgoing[];
  readonly settled: readonly (readonly [Outgoing, Settled])[];
}

interface World {
  readonly channel: Channel;
  readonly object: OrgObject;
  readonly key: Key;
  readonly door: OrgDoor;
}

/**
 * Finds the records of the org that are to be written or removed. One that holds its values already is settled: it is
 * not written, so no automation of the org wakes for nothing. One that is not there is skipped (P-43).
 */
export async function recordsMeant(
  { channel, object, key, door }: World,
  { written, removed }: { readonly written: readonly Outgoing[]; readonly removed: readonly Outgoing[] },
): Promise<Meant> {
  if (written.length === 0 && key.isId) return { found: removed.map(byItsKey), settled: [] };
  const records = [...written, ...removed];
  if (records.length === 0) return { found: [], settled: [] };
  // What may not leave is not looked at, either.
  const compared = written.map(withoutKey(key)).filter(({ values }) => door.refusal('update', values) === undefined);
  const valuesOf = new Map(compared.map(({ place, values }) => [place, values]));
  const ids = await resolveIds(channel, object, key, records, pathsOf(object, compared));
  const found: Outgoing[] = [];
  const settled: (readonly [Outgoing, Settled])[] = [];
  for (const record of records) {
    const [only, ...others] = ids.get(key.fold(record.key)) ?? [];
    const values = valuesOf.get(record.place);
    if (only && others.length > 0) {
      const detail = `${others.length + 1} ${object.name} records have this ${key.field.name}`;
      settled.push([record, reject('rejected-conflict', detail)]);
    } else if (only && values && holds(object, only.row, values)) {
      const delivery = { kind: 'delivered', unchanged: true, record: only.id } as const;
      settled.push([record, { kind: 'settled', delivery }]);
    } else if (only) {
      found.push({ ...record, id: only.id, parents: record.parents || only.parents });
    } else if (key.isId) {
      // It may have been merged: what the org says of an ID that it does not show is looked into then.
      found.push(byItsKey(record));
    } else {
      settled.push([record, reject('create-not-allowed', '')]);
    }
  }
  return { found, settled };
}

/** A record that is named by its ID takes its key along only where the key is a field to be written. */
export function withoutKey(key: Key): (record: Outgoing) => Outgoing {
  return (record) => {
    const { [key.field.name]: _key, Id: _id, ...values } = record.values;
    return { ...record, values };
  };
}

function byItsKey(record: Outgoing): Outgoing {
  return { ...record, id: record.key };
}
