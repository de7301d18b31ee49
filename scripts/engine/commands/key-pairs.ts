import type { Cell } from '../../mapping/index.ts';
import type { SourceRow } from '../ports/index.ts';

/** A record of the org, and the ID of the system that it gets. */
export interface Pair {
  readonly record: string;
  readonly id: string;
}

/** What is found out about a record of the system. */
export type KeyFinding =
  /** Its ID goes into the one record that matches. */
  | 'fill'
  /** The record that matches holds its ID already. */
  | 'there'
  /** The record that matches holds another ID, which stays. */
  | 'other'
  /** Another record of the org holds its ID. */
  | 'taken'
  /** Several records of the system match the same. */
  | 'severalInSystem'
  | 'severalInOrg'
  | 'noMatch'
  /** It has no ID, or nothing in the field that is to match. */
  | 'blank';

export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly counts: Readonly<Record<KeyFinding, number>>;
  readonly examples: readonly {
    readonly finding: KeyFinding;
    /** Of the org, where it is about one. */
    readonly record?: string;
    /** Of the system. */
    readonly id: string;
    /** Field of the org that is to match, and what both hold there. */
    readonly source: string;
    readonly value: string;
  }[];
}

const examplesOfEach = 5;

/**
 * Pairs records of a system (cells: ID, what is to match) with those of the org (cells: key field, what is to match) that
 * match exactly, one to one. What is not clear is left to people, and no key that is there is replaced. `matchField`: of
 * the org, named in the examples.
 */
export function pairUp(system: readonly SourceRow[], org: readonly SourceRow[], matchField: string): Pairing {
  const inOrg = Map.groupBy(org, ({ cells }) => textOf(cells[1]));
  const holders = new Map(org.map(({ id, cells }) => [textOf(cells[0]), id]));
  const inSystem = new Map<string, Set<string>>();
  for (const { cells } of system) {
    const ids = inSystem.get(textOf(cells[1])) ?? new Set<string>();
    inSystem.set(textOf(cells[1]), ids.add(textOf(cells[0])));
  }
  const pairs: Pair[] = [];
  const counts: Record<KeyFinding, number> = {
    ...{ fill: 0, there: 0, other: 0, taken: 0 },
    ...{ severalInSystem: 0, severalInOrg: 0, noMatch: 0, blank: 0 },
  };
  const examples: Pairing['examples'][number][] = [];
  for (const [value, ids] of inSystem) {
    for (const id of ids) {
      const [only, ...others] = inOrg.get(value) ?? [];
      const holder = holders.get(id);
      const held = only && textOf(only.cells[0]);
      const finding: KeyFinding =
        id === '' || value === ''
          ? 'blank'
          : ids.size > 1
            ? 'severalInSystem'
            : !only
              ? 'noMatch'
              : others.length > 0
                ? 'severalInOrg'
                : held === id
                  ? 'there'
                  : held !== ''
                    ? 'other'
                    : holder !== undefined
                      ? 'taken'
                      : 'fill';
      counts[finding]++;
      if (finding === 'fill' && only) pairs.push({ record: only.id, id });
      if (counts[finding] > examplesOfEach || finding === 'there') continue;
      const record = finding === 'taken' ? holder : only?.id;
      examples.push({ finding, ...(record !== undefined && { record }), id, source: matchField, value });
    }
  }
  return { pairs, counts, examples };
}

function textOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell).trim();
}
