import type { TargetRecord } from '../../engine/index.ts';

/** Field values by name; a nested one is a parent, named by one of its keys. */
export interface Values {
  readonly [name: string]: string | number | boolean | null | Values;
}

/** A record on its way into the org. */
export interface Outgoing {
  /** Its place in the batch. */
  readonly place: number;
  readonly key: string;
  /** As the mapping gave them. */
  readonly values: Values;
  /** The record in the org, where it is written by its ID. */
  readonly id?: string;
  /** IDs or keys of its parents: writing it locks them. */
  readonly parents: string;
}

/** Parents whose rows nobody waits for: they are not locked by a child. */
const unlocked = new Set(['OwnerId', 'Owner', 'RecordTypeId', 'RecordType', 'CreatedById', 'LastModifiedById']);

/**
 * Reads the text that the engine made; lists become what a multi-select field holds (K-29).
 * @param references Fields of the object that name a parent.
 */
export function toOutgoing(record: TargetRecord, place: number, references: ReadonlySet<string>): Outgoing {
  const { key, json } = record;
  const mapped = json === '' ? {} : (JSON.parse(json) as Record<string, Values[string] | string[]>);
  const values: Record<string, Values[string]> = {};
  const parents: string[] = [];
  for (const [name, given] of Object.entries(mapped)) {
    const value = Array.isArray(given) ? given.join(';') : given;
    values[name] = value;
    if (unlocked.has(name) || value === null) continue;
    if (typeof value === 'object') parents.push(JSON.stringify(value));
    else if (references.has(name)) parents.push(String(value));
  }
  return { place, key, values, parents: parents.join('\n') };
}

/** Children of one parent stand together, so that one request alone wants its lock (K-18). */
export function byParent(records: readonly Outgoing[]): readonly Outgoing[] {
  return records.toSorted((left, right) => order(left.parents, right.parents) || order(left.key, right.key));
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Cuts sorted records into requests of at most `most`; children of one parent stay in one where they fit. */
export function inChunks(records: readonly Outgoing[], most: number): readonly (readonly Outgoing[])[] {
  const chunks: (readonly Outgoing[])[] = [];
  let start = 0;
  while (start < records.length) {
    let end = Math.min(start + most, records.length);
    const parents = records[end - 1]?.parents;
    if (end < records.length && parents !== '' && records[end]?.parents === parents) {
      let first = end - 1;
      while (first > start && records[first - 1]?.parents === parents) first -= 1;
      if (first > start) end = first;
    }
    chunks.push(records.slice(start, end));
    start = end;
  }
  return chunks;
}
