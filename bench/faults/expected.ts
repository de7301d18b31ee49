import type { Configuration, SyncConfiguration } from '../../scripts/engine/index.ts';
import type { People } from './people.ts';

type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** What a target key should hold: by target path, for each field that has a value. */
export interface Expected {
  readonly sync: string;
  readonly source: string;
  readonly fields: ReadonlyMap<string, string | number | boolean>;
}

/** The records that a sync includes, with the values that it maps. */
export function included(people: People, { salesforceObject, include, mappings }: SyncConfiguration): readonly Cells[] {
  const paths = new Set(['Id', 'SystemModstamp', ...mappings.map((mapping) => mapping.source)]);
  const where = include === 'all' ? '' : ` WHERE ${include}`;
  return people.read(`SELECT ${[...paths].join(', ')} FROM ${salesforceObject}${where}`);
}

/**
 * What the target should hold by key, told from the org and the configuration alone: the sync of the higher precedence
 * wins, then the latest stamp, then the greatest ID. Fields without a value are left as they were, so nothing is
 * expected of them.
 */
export function expectedUsers(people: People, { syncs }: Pick<Configuration, 'syncs'>): ReadonlyMap<string, Expected> {
  const winners = new Map<string, { readonly rank: string; readonly expected: Expected }>();
  for (const sync of syncs) {
    for (const cells of included(people, sync)) {
      const key = cells[sync.key.source];
      if (typeof key !== 'string') continue;
      const normal = key.trim().toLowerCase();
      const source = String(cells['Id']);
      const rank = `${sync.precedence} ${String(cells['SystemModstamp'])} ${source}`;
      const rival = winners.get(normal);
      if (rival && rival.rank > rank) continue;
      winners.set(normal, { rank, expected: { sync: sync.name, source, fields: fieldsOf(sync, cells) } });
    }
  }
  return new Map([...winners].map(([key, { expected }]) => [key, expected]));
}

function fieldsOf({ mappings }: SyncConfiguration, cells: Cells): ReadonlyMap<string, string | number | boolean> {
  const fields = new Map<string, string | number | boolean>();
  for (const { source, target, transform, blank } of mappings) {
    if (blank !== 'keep' || (transform !== undefined && transform !== 'lowercase')) {
      throw new Error(`not yet: the blank rule ${blank} and the transform ${transform ?? 'none'} in fault schedules`);
    }
    const value = cells[source] ?? null;
    if (value === null) continue;
    fields.set(target, transform === 'lowercase' ? String(value).toLowerCase() : value);
  }
  return fields;
}
