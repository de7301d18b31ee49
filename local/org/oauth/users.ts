import type { Org, QueryRow } from '../core/index.ts';

/** What the identity doors tell of a user. */
export interface OrgUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly active: boolean;
}

const FIELDS = 'Id, Username, Name, FirstName, LastName, Email, IsActive';

function userOf(row: QueryRow): OrgUser {
  const text = (name: string): string => {
    const value = row.values.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    id: text('Id'),
    username: text('Username'),
    name: text('Name'),
    firstName: text('FirstName'),
    lastName: text('LastName'),
    email: text('Email'),
    active: row.values.get('IsActive') === true,
  };
}

function rows(org: Org, condition: string): readonly QueryRow[] {
  const session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/oauth' };
  return org.prepare(`SELECT ${FIELDS} FROM User WHERE ${condition}`, session).run().rows;
}

function find(org: Org, condition: string): OrgUser | undefined {
  const row = rows(org, condition)[0];
  return row && userOf(row);
}

/** The text as it stands between quotes in SOQL. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** A user of the org by ID (15 or 18 characters). */
export function userById(org: Org, id: string): OrgUser | undefined {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id) ? find(org, `Id = ${quoted(id)}`) : undefined;
}

/** The users who may log in. */
export function activeUsers(org: Org): readonly OrgUser[] {
  return rows(org, 'IsActive = true').map(userOf);
}

/** A user of the org by user name. */
export function userByName(org: Org, username: string): OrgUser | undefined {
  return find(org, `Username = ${quoted(username)}`);
}
