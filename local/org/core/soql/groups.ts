import type { Row } from '../storage/index.ts';
import type { Accumulator, AccumulatorMaker } from './accumulators.ts';
import type { Query } from './ast.ts';
import type { Valued } from './functions.ts';
import { sortKey } from './ordering.ts';

/** A group: a record of it, the state of each aggregate, and which of the keys it is a group of. */
export interface Group {
  readonly sample: Row | undefined;
  readonly states: readonly Accumulator[];
  /** False for a key that a subtotal of ROLLUP or CUBE leaves out. */
  readonly keyed: readonly boolean[];
}

interface Ranked extends Group {
  /** Where the group stands among the others, key by key: values as they were met, subtotals last. */
  readonly ranks: readonly number[];
}

/** Gathers records into groups; with ROLLUP and CUBE the subtotals too, each after what it sums up. */
export function gatherGroups(
  rows: readonly Row[],
  keys: readonly Valued[],
  grouping: Query['grouping'],
  makers: readonly AccumulatorMaker[],
): readonly Group[] {
  const sets = groupingSets(keys.length, grouping);
  const groups = new Map<string, Ranked>();
  const ranks = keys.map(() => new Map<unknown, number>());
  const open = (name: string, keyed: readonly boolean[], met: readonly number[], sample: Row | undefined): Ranked => {
    let group = groups.get(name);
    if (group === undefined) {
      const states = makers.map((make) => make());
      group = { sample, states, keyed, ranks: met.map((rank, key) => (keyed[key] === true ? rank : Infinity)) };
      groups.set(name, group);
    }
    return group;
  };
  if (keys.length === 0) open('', [], [], rows[0]);
  for (const row of rows) {
    const met = keys.map(({ get }, key) => rankOf(ranks[key], sortKey(get(row))));
    for (const [index, keyed] of sets.entries()) {
      const name = keys.length === 0 ? '' : `${index}:${met.filter((_, key) => keyed[key]).join(',')}`;
      for (const state of open(name, keyed, met, row).states) state.add(row);
    }
  }
  const found = [...groups.values()];
  return grouping === 'plain' ? found : found.sort(byRank);
}

/** For each kind of group, which keys it has: all of them first. */
function groupingSets(count: number, grouping: Query['grouping']): readonly (readonly boolean[])[] {
  const indexes = Array.from({ length: count }, (_, index) => index);
  if (grouping === 'plain') return [indexes.map(() => true)];
  if (grouping === 'rollup') {
    return Array.from({ length: count + 1 }, (_, without) => indexes.map((index) => index < count - without));
  }
  return Array.from({ length: 2 ** count }, (_, mask) => indexes.map((index) => ((mask >> index) & 1) === 0));
}

function rankOf(ranks: Map<unknown, number> | undefined, value: unknown): number {
  const known = ranks?.get(value);
  if (known !== undefined) return known;
  const rank = ranks?.size ?? 0;
  ranks?.set(value, rank);
  return rank;
}

function byRank(left: Ranked, right: Ranked): number {
  for (const [key, rank] of left.ranks.entries()) {
    const other = right.ranks[key] ?? 0;
    if (rank !== other) return rank < other ? -1 : 1;
  }
  return 0;
}
