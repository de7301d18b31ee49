import type { DuplicateResult, DuplicateRule, MatchingRule } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { parseLogic, type Logic } from '../schema/index.ts';
import { isDeleted, slots, type Column, type Entry, type Row, type Table, type ValueIndex } from '../storage/index.ts';
import { Problem } from './problem.ts';
import type { Work } from './work.ts';

/** One field of a matching rule: where the saved record has it, and how the others are found by it. */
interface Item {
  readonly own: Column;
  readonly index: ValueIndex;
  readonly blanksMatch: boolean;
}

interface Match {
  readonly object: string;
  readonly rule: string;
  readonly items: readonly Item[];
  readonly logic: Logic;
}

interface Compiled {
  readonly rule: DuplicateRule;
  readonly matches: readonly Match[];
}

/** Says what is wrong with a record that duplicates others; `before` is absent for a new one. */
export type DuplicateCheck = (row: Row, before: Row | undefined, work: Work) => Problem | undefined;

/** The active duplicate rules of an object, in their order; absent when there are none. */
export function duplicateCheckOf(table: Table, database: Database): DuplicateCheck | undefined {
  const rules = [...(table.definition.duplicateRules?.values() ?? [])]
    .filter(({ active }) => active)
    .sort((one, other) => one.sortOrder - other.sortOrder)
    .map((rule) => compile(rule, table, database));
  if (rules.length === 0) return undefined;
  return (row, before, work) => {
    for (const compiled of rules) {
      const { onInsert, onUpdate } = compiled.rule;
      const action = before === undefined ? onInsert : onUpdate;
      if (action === 'pass' || (action === 'alert' && work.transaction.session.allowsDuplicates === true)) continue;
      const found = compiled.matches
        .filter((match) => before === undefined || isTouched(match, row, before))
        .map((match) => ({ match, entries: matchesOf(match, row, compiled.rule, work) }))
        .filter(({ entries }) => entries.length > 0);
      if (found.length > 0) return detected(compiled.rule, table, action === 'alert', found);
    }
    return undefined;
  };
}

function compile(rule: DuplicateRule, table: Table, database: Database): Compiled {
  const matches = rule.matches.map(({ object, rule: name, fields }) => {
    const other = database.table(object);
    const matching = other.definition.matchingRules?.get(name);
    if (matching === undefined) throw new Error(`${object} has no matching rule ${name}`);
    const ownNames = new Map([...fields].map(([own, theirs]) => [theirs, own]));
    const items = matching.items.map(({ field, blanksMatch }) => ({
      own: columnOf(table, ownNames.get(field) ?? field),
      index: other.comparisonIndex(columnOf(other, field)),
      blanksMatch,
    }));
    return { object, rule: name, items, logic: logicOf(matching) };
  });
  return { rule, matches };
}

function logicOf({ logic, items }: MatchingRule): Logic {
  return logic === undefined ? (holds) => items.every((_, index) => holds(index + 1)) : parseLogic(logic);
}

/** An edit is judged only when it changes what is compared (Salesforce Help, "Things to Know About Duplicate Rules"). */
function isTouched({ items }: Match, row: Row, before: Row): boolean {
  return items.some(({ own }) => valueIn(row, own) !== valueIn(before, own));
}

/** The records that match; those of one request are not compared with each other. */
function matchesOf({ items, logic }: Match, row: Row, rule: DuplicateRule, work: Work): readonly Entry[] {
  const keys = items.map(({ own, index }) => index.keyOf(valueIn(row, own)));
  const candidates = new Set(keys.flatMap((key, at) => (key === undefined ? [] : (items[at]?.index.find(key) ?? []))));
  const holdsFor = (entry: Entry) => (number: number) => {
    const item = items[number - 1];
    if (item === undefined || entry.row === undefined) return false;
    const [key, theirs] = [keys[number - 1], item.index.keyOfRow(entry.row)];
    return key === undefined && theirs === undefined ? item.blanksMatch : key === theirs;
  };
  return [...candidates].filter((entry) => {
    if (entry === row[slots.self] || entry.row === undefined || isDeleted(entry.row)) return false;
    if (!logic(holdsFor(entry)) || isOfRequest(entry, work)) return false;
    return !rule.enforcesSharing || (work.rights?.sees(entry) ?? true);
  });
}

function isOfRequest(entry: Entry, { transaction, began }: Work): boolean {
  for (let index = began; index < transaction.steps.length; index++) {
    const step = transaction.steps[index];
    if (step?.entry === entry && step.before === undefined) return true;
  }
  return false;
}

function detected(
  rule: DuplicateRule,
  table: Table,
  allowSave: boolean,
  found: readonly { readonly match: Match; readonly entries: readonly Entry[] }[],
): Problem {
  const message = rule.alertText ?? 'Use one of these records?';
  const duplicateResult: DuplicateResult = {
    allowSave,
    duplicateRule: rule.name,
    duplicateRuleEntityType: table.definition.name,
    errorMessage: message,
    matchResults: found.map(({ match, entries }) => ({
      entityType: match.object,
      rule: match.rule,
      ids: entries.map(({ id }) => id),
    })),
  };
  return new Problem('DUPLICATES_DETECTED', message, [], [], duplicateResult);
}

function columnOf(table: Table, name: string): Column {
  const column = table.column(name);
  if (column === undefined) throw new Error(`${table.definition.name} has no ${name}`);
  return column;
}

function valueIn(row: Row, column: Column) {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
