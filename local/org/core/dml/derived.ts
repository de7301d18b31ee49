import type { Table } from '../storage/index.ts';
import type { Column, Stored } from '../storage/index.ts';
import { formatDate, secondsPerDay } from '../values/index.ts';

/** Sets what the platform works out from other fields of a record; `row` is still being made. */
export type Derivation = (row: Stored[]) => void;

/** The derivations of an object. `row` arrives with its given values and leaves with the derived ones. */
export function derivationsOf(table: Table): readonly Derivation[] {
  const derivations: Derivation[] = [];
  const name = fullName(table);
  if (name !== undefined) derivations.push(name);
  switch (table.definition.name) {
    case 'Opportunity':
      derivations.push(flagOf(table, 'IsClosed', 'StageName', meaning(table, 'StageName', 'closed')));
      derivations.push(flagOf(table, 'IsWon', 'StageName', meaning(table, 'StageName', 'won')));
      break;
    case 'Case':
      derivations.push(flagOf(table, 'IsClosed', 'Status', meaning(table, 'Status', 'closed')));
      break;
    case 'Task':
      derivations.push(flagOf(table, 'IsClosed', 'Status', meaning(table, 'Status', 'closed')));
      derivations.push(flagOf(table, 'IsHighPriority', 'Priority', ['High']));
      break;
    case 'CampaignMember':
      derivations.push(flagOf(table, 'HasResponded', 'Status', ['Responded']));
      break;
    default:
  }
  return derivations;
}

/** Values of a status picklist that mean this. */
function meaning(table: Table, name: string, what: 'closed' | 'won'): readonly string[] {
  const values = table.definition.fields.get(name)?.picklistValues ?? [];
  return values.filter(({ means }) => means?.[what] === true).map(({ value }) => value);
}

/** Makes the next text of an auto number field: `{0000}` is the number, `{YYYY}`, `{MM}`, `{DD}` today's date. */
export function autoNumberText(format: string, number: number, now: number): string {
  const [year = '', month = '', day = ''] = formatDate(Math.floor(now / secondsPerDay)).split('-');
  return format
    .replace(/\{(0+)\}/, (_, zeros: string) => String(number).padStart(zeros.length, '0'))
    .replace(/\{YYYY\}/g, year)
    .replace(/\{YY\}/g, year.slice(2))
    .replace(/\{MM\}/g, month)
    .replace(/\{DD\}/g, day);
}

/** A person's Name is read-only: first and last name. */
function fullName(table: Table): Derivation | undefined {
  const [name, first, last] = [table.column('Name'), table.column('FirstName'), table.column('LastName')];
  if (name === undefined || first === undefined || last === undefined || name.field.createable) return undefined;
  const slot = table.slotOf(name);
  return (row) => {
    const [firstName, lastName] = [valueIn(row, first), valueIn(row, last)];
    row[slot] = typeof firstName === 'string' ? `${firstName} ${String(lastName)}` : lastName;
  };
}

function flagOf(table: Table, flag: string, source: string, values: readonly string[]): Derivation {
  const [flagColumn, sourceColumn] = [table.column(flag), table.column(source)];
  if (flagColumn === undefined || sourceColumn === undefined)
    throw new Error(`${table.definition.name} has no ${flag} or ${source}`);
  const slot = table.slotOf(flagColumn);
  return (row) => {
    const value = valueIn(row, sourceColumn);
    row[slot] = typeof value === 'string' && values.includes(value);
  };
}

function valueIn(row: readonly Stored[], column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
