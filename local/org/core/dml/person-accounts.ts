import type { InputRecord } from '../contract/index.ts';
import { valueOf } from '../permission-sets.ts';
import { Entry, slots, type Column, type Row, type Stored, type Table } from '../storage/index.ts';
import { Problem, requiredMissing } from './problem.ts';
import type { Setters } from './setters.ts';
import type { Work } from './work.ts';

/** What an account and its contact share besides the account's fields that stand for the contact's. */
const SHARED = [
  'Name',
  'OwnerId',
  'Phone',
  'Fax',
  'LastModifiedDate',
  'LastModifiedById',
  'CreatedDate',
  'CreatedById',
];

/** Writes of accounts that may be people; absent in an org without person accounts. */
export function personAccountsOf(table: Table, setters: Setters): PersonAccounts | undefined {
  return table.definition.name === 'Account' && table.column('IsPersonAccount') !== undefined
    ? new PersonAccounts(table, setters)
    : undefined;
}

/** Whether a record is a person account, or the contact of one. */
export function isPersonAccount({ table, row }: Pick<Entry, 'table' | 'row'>): boolean {
  const column = table.column('IsPersonAccount');
  return column !== undefined && row !== undefined && valueIn(row, column) === true;
}

/** The contact of a person account; undefined for a business account, and for what is no account. */
export function contactOfPerson(account: Entry): Entry | undefined {
  const { table, row } = account;
  const column = table.definition.name === 'Account' ? table.column('PersonContactId') : undefined;
  const contact = column === undefined || row === undefined ? undefined : valueIn(row, column);
  return contact instanceof Entry ? contact : undefined;
}

/** A person's contact is changed and deleted by its account alone. */
export function personContactRefused(): Problem {
  const message = 'the contact of a person account is read-only: change or delete its account';
  return new Problem('INVALID_FIELD_FOR_INSERT_UPDATE', message);
}

export class PersonAccounts {
  readonly #table: Table;
  readonly #setters: Setters;
  readonly #flag: Column;
  readonly #contact: Column;
  readonly #type: Column;

  constructor(table: Table, setters: Setters) {
    this.#table = table;
    this.#setters = setters;
    this.#flag = columnOf(table, 'IsPersonAccount');
    this.#contact = columnOf(table, 'PersonContactId');
    this.#type = columnOf(table, 'RecordTypeId');
  }

  /** The record type of a new account that brings a last name and no type: a person's. */
  typeOfNew(type: Entry | undefined, record: InputRecord, { database, user }: Work): Entry | undefined {
    const brings = (name: string): boolean =>
      Object.keys(record).some((key) => key.toLowerCase() === name && record[key] != null);
    if (type !== undefined || !brings('lastname')) return type;
    const usable = database.recordTypes.of(user);
    return database.table('RecordType').entries.find((entry) => isPersonType(entry) && usable.allows(entry));
  }

  /** Says of a row whether it is a person, and refuses the fields of the other kind, worded as an org does. */
  check(row: Stored[], record: InputRecord, before: Row | undefined): Problem | undefined {
    const type = valueIn(row, this.#type);
    const person = type instanceof Entry && isPersonType(type);
    if (before !== undefined && person !== (valueIn(before, this.#flag) === true)) {
      const message = 'not yet: an account that becomes a person, or a person that becomes a business account';
      return new Problem('INVALID_OPERATION', message, ['RecordTypeId']);
    }
    row[this.#table.slotOf(this.#flag)] = person;
    const wrong = Object.keys(record).flatMap((key) => {
      const setter = this.#setters.of(key);
      if (typeof setter === 'string' || record[key] == null) return [];
      const { name, contactField } = setter.column.field;
      return (person ? name === 'Name' : contactField !== undefined) ? [name] : [];
    });
    if (wrong.length === 0) return undefined;
    const message = `Account: bad field names on insert/update call: ${wrong.join(', ')}`;
    return new Problem('INVALID_FIELD_FOR_INSERT_UPDATE', message, wrong);
  }

  /** Names a person, and gives a new one the ID of its contact; the row is about to be written. */
  complete(row: Stored[], work: Work): Problem | undefined {
    if (valueIn(row, this.#flag) !== true) return undefined;
    const [first, last] = ['FirstName', 'LastName'].map((name) => valueIn(row, columnOf(this.#table, name)));
    if (last === null || last === undefined) return requiredMissing(['LastName']);
    row[this.#table.slotOf(columnOf(this.#table, 'Name'))] = [first, last].filter(Boolean).join(' ');
    if (valueIn(row, this.#contact) === null)
      row[this.#table.slotOf(this.#contact)] = work.database.table('Contact').create();
    return undefined;
  }

  /** Writes the contact of a person account that was just written. */
  mirror(account: Entry, row: Row, work: Work): void {
    const contact = valueIn(row, this.#contact);
    if (valueIn(row, this.#flag) !== true || !(contact instanceof Entry)) return;
    const { table } = contact;
    const made: Stored[] = contact.row === undefined ? emptyRow(table) : [...contact.row];
    while (made.length < table.width) made.push(null);
    made[slots.self] = contact;
    made[slots.deleted] = false;
    made[slots.stamp] = work.now;
    const set = (name: string, value: Stored): void => {
      made[table.slotOf(columnOf(table, name))] = value;
    };
    set('AccountId', account);
    set('IsPersonAccount', true);
    for (const name of SHARED) set(name, valueIn(row, columnOf(this.#table, name)));
    for (const column of this.#table.columns.values()) {
      const { contactField, type } = column.field;
      if (contactField !== undefined && type !== 'address') set(contactField, valueIn(row, column));
    }
    work.transaction.write(contact, made);
  }
}

function emptyRow(table: Table): Stored[] {
  const row: Stored[] = new Array<Stored>(table.width).fill(null);
  for (const column of table.columns.values())
    if (column.field.type === 'boolean' && column.field.name !== 'IsDeleted') row[table.slotOf(column)] = false;
  return row;
}

function isPersonType(type: Entry): boolean {
  return valueOf(type, 'IsPersonType') === true && valueOf(type, 'SobjectType') === 'Account';
}

function columnOf(table: Table, name: string): Column {
  const column = table.column(name);
  if (column === undefined) throw new Error(`${table.definition.name} has no ${name}`);
  return column;
}

function valueIn(row: Row, column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
