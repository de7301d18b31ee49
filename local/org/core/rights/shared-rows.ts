import type { SharingGroup, SharingRule } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { compileFilter } from '../filter-items.ts';
import { valueOf } from '../permission-sets.ts';
import { parseLogic } from '../schema/index.ts';
import { Entry, type Row, type Table } from '../storage/index.ts';
import { groupsOf } from './groups.ts';

/** A sharing rule that is for the user: whether it shares a row, and whether for editing too. */
export interface Shares {
  readonly edits: boolean;
  covers(row: Row): boolean;
}

const TYPES: Readonly<Record<SharingGroup['kind'], string>> = {
  group: 'Regular',
  queue: 'Queue',
  role: 'Role',
  roleAndSubordinates: 'RoleAndSubordinates',
  allInternalUsers: 'Organization',
};

/** The sharing rules of an object that share its rows with who belongs to these groups. */
export function sharesOf(database: Database, table: Table, groups: ReadonlySet<Entry>): readonly Shares[] {
  const rules = [...(table.definition.sharingRules?.values() ?? [])];
  return rules
    .filter(({ sharedTo }) => sharedTo.some((reference) => isIn(groups, reference)))
    .map((rule) => ({ edits: rule.edits, covers: coverOf(database, table, rule) }));
}

function isIn(groups: ReadonlySet<Entry>, { kind, name }: SharingGroup): boolean {
  return [...groups].some(
    (group) =>
      valueOf(group, 'Type') === TYPES[kind] &&
      (kind === 'allInternalUsers' || valueOf(group, 'DeveloperName') === name),
  );
}

function coverOf(database: Database, table: Table, rule: SharingRule): (row: Row) => boolean {
  const { sharedFrom, criteria } = rule;
  if (criteria !== undefined) {
    const tests = criteria.items.map((item) => compileFilter(table, [item], database));
    const logic = criteria.logic === undefined ? undefined : parseLogic(criteria.logic);
    return (row) => (logic ? logic((number) => tests[number - 1]?.(row) ?? false) : tests.every((test) => test(row)));
  }
  const owner = table.column('OwnerId');
  const known = new Map<Entry, boolean>();
  return (row) => {
    const value = owner === undefined || owner.slot < 0 ? undefined : row[owner.slot];
    if (!(value instanceof Entry)) return false;
    const covered = known.get(value) ?? ownsFrom(database, value, sharedFrom ?? []);
    known.set(value, covered);
    return covered;
  };
}

/** Whether an owner, a user or a queue, is among those whose rows a rule shares. */
function ownsFrom(database: Database, owner: Entry, from: readonly SharingGroup[]): boolean {
  const groups = owner.table.definition.name === 'Group' ? new Set([owner]) : groupsOf(database, owner);
  return from.some((reference) => isIn(groups, reference));
}
