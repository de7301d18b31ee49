import type { LeadConversion, LeadConversionResult } from '../contract/index.ts';
import { Entry, isDeleted, read } from '../storage/index.ts';
import { formatDate, secondsPerDay, toJson } from '../values/index.ts';
import { asPlatform, checkNeeds } from './access.ts';
import { attempt, errorsOf } from './attempt.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import { findEntry } from './find-entry.ts';
import { accountFields, contactFields } from './lead-fields.ts';
import { isPersonAccount } from './person-accounts.ts';
import { insertRecord, setWithTriggers, updateRecord } from './platform-writes.ts';
import { Problem } from './problem.ts';
import { childrenOf, relink, setValues } from './relations.ts';
import type { Work } from './work.ts';

interface Made {
  readonly account: Entry;
  readonly contact: Entry;
  readonly opportunity: Entry | undefined;
}

/**
 * Converts one lead into a contact, its account and, unless told not to, an opportunity; existing ones are used when
 * they are given, and only their blank fields are filled. Source: SOAP API Developer Guide, convertLead().
 */
export function convertLead(conversion: LeadConversion, work: Work): LeadConversionResult {
  const made = attempt(work, () => convert(conversion, work));
  if (made instanceof Problem) return { leadId: conversion.leadId, success: false, errors: errorsOf(made) };
  return {
    leadId: conversion.leadId,
    success: true,
    accountId: made.account.id,
    contactId: made.contact.id,
    ...(made.opportunity === undefined ? {} : { opportunityId: made.opportunity.id }),
    errors: [],
  };
}

const needs = [
  ['Lead', 'edit'],
  ['Account', 'create'],
  ['Contact', 'create'],
] as const;

function convert(conversion: LeadConversion, work: Work): Made | Problem {
  const denied = checkNeeds(needs, work);
  if (denied !== undefined) return denied;
  const lead = findEntry('Lead', conversion.leadId, work);
  if (lead instanceof Problem) return lead;
  if (isConvertedLead(lead)) return convertedLead();
  const status = convertedStatus(conversion.convertedStatus, work);
  if (status instanceof Problem) return status;
  if (conversion.contactId !== undefined && conversion.accountId === undefined) {
    return new Problem('REQUIRED_FIELD_MISSING', 'accountId must be given along with contactId', ['accountId']);
  }
  const owner = ownerOf(conversion, lead, work);
  if (owner instanceof Problem) return owner;
  const account = makeAccount(conversion, lead, owner, work);
  if (account instanceof Problem) return account;
  const contact = makeContact(conversion, lead, account, owner, work);
  if (contact instanceof Problem) return contact;
  const opportunity = makeOpportunity(conversion, lead, account, owner, work);
  if (opportunity instanceof Problem) return opportunity;
  if (opportunity !== undefined) {
    const role = { OpportunityId: opportunity.id, ContactId: contact.id, IsPrimary: true };
    const problem = work.writerOf('OpportunityContactRole').insert(role, asPlatform(work));
    if (problem instanceof Problem) return problem;
  }
  followLead(lead, contact, work);
  const converted = {
    IsConverted: true,
    ConvertedDate: Math.floor(work.now / secondsPerDay),
    ConvertedAccountId: account,
    ConvertedContactId: contact,
    ConvertedOpportunityId: opportunity ?? null,
    Status: status,
    OwnerId: owner,
  };
  const problem = setWithTriggers(lead, converted, work);
  return problem instanceof Problem ? problem : { account, contact, opportunity };
}

/** The lead status as the org spells it, if it is one that converted leads have. */
function convertedStatus(name: string, work: Work): string | Problem {
  const statuses = work.database.table('LeadStatus');
  const [label, flag] = [statuses.column('MasterLabel'), statuses.column('IsConverted')];
  if (label === undefined || flag === undefined) throw new Error('LeadStatus has no MasterLabel or IsConverted');
  for (const { row } of statuses.entries) {
    if (row === undefined || read(row, flag) !== true) continue;
    const known = String(read(row, label));
    if (known.toLowerCase() === name.toLowerCase()) return known;
  }
  return new Problem('INVALID_STATUS', `invalid convertedStatus: ${name}`, ['convertedStatus']);
}

/** Who owns what is made: who is named, or the lead's owner, who must then be a user. */
function ownerOf(conversion: LeadConversion, lead: Entry, work: Work): Entry | Problem {
  if (conversion.ownerId !== undefined) return findEntry('User', conversion.ownerId, work);
  const column = lead.table.column('OwnerId');
  const owner = column === undefined || lead.row === undefined ? null : read(lead.row, column);
  const found = findEntry('User', String(owner), work);
  if (!(found instanceof Problem)) return found;
  return new Problem('REQUIRED_FIELD_MISSING', 'ownerId must be given, since a queue owns the lead', ['ownerId']);
}

function makeAccount(conversion: LeadConversion, lead: Entry, owner: Entry, work: Work): Entry | Problem {
  const values = carried(lead, accountFields);
  const isPerson = conversion.accountId === undefined && valueOf(lead, 'Company') === null;
  if (isPerson) Object.assign(values, ofPerson(lead, work));
  if (conversion.accountId === undefined) return insert('Account', { ...values, OwnerId: owner.id }, work);
  const account = findEntry('Account', conversion.accountId, work);
  return account instanceof Problem ? account : fillBlanks(account, values, {}, work);
}

function makeContact(
  conversion: LeadConversion,
  lead: Entry,
  account: Entry,
  owner: Entry,
  work: Work,
): Entry | Problem {
  if (isPersonAccount(account)) return personContactOf(account, conversion);
  const values = carried(lead, contactFields);
  if (conversion.contactId === undefined) {
    return insert('Contact', { ...values, AccountId: account.id, OwnerId: owner.id }, work);
  }
  const contact = findEntry('Contact', conversion.contactId, work);
  if (contact instanceof Problem) return contact;
  if (valueOf(contact, 'AccountId') !== account.id) {
    return new Problem('INVALID_CROSS_REFERENCE_KEY', 'the contact does not belong to the account', ['contactId']);
  }
  const { LeadSource: source } = values;
  const forced = conversion.overwriteLeadSource && source !== undefined ? { LeadSource: source } : {};
  return fillBlanks(contact, values, forced, work);
}

/** What a person account takes over of the lead: the contact's fields, as the account has them. */
function ofPerson(lead: Entry, { database }: Work): Record<string, unknown> {
  const values = carried(lead, contactFields);
  const fields = [...database.definition('Account').fields.values()];
  return Object.fromEntries(
    fields.flatMap(({ name, contactField = '' }) => (contactField in values ? [[name, values[contactField]]] : [])),
  );
}

function personContactOf(account: Entry, { contactId }: LeadConversion): Entry | Problem {
  const column = account.table.column('PersonContactId');
  const contact = column === undefined || account.row === undefined ? null : read(account.row, column);
  if (contact instanceof Entry && (contactId ?? contact.id) === contact.id) return contact;
  return new Problem('INVALID_CROSS_REFERENCE_KEY', "contactId is not the person account's own contact", ['contactId']);
}

function makeOpportunity(
  conversion: LeadConversion,
  lead: Entry,
  account: Entry,
  owner: Entry,
  work: Work,
): Entry | Problem | undefined {
  if (conversion.opportunityId !== undefined) return findEntry('Opportunity', conversion.opportunityId, work);
  if (!conversion.createOpportunity) return undefined;
  const stage = work.database.definition('Opportunity').fields.get('StageName')?.picklistValues;
  const values = {
    Name: conversion.opportunityName ?? `${String(valueOf(lead, 'Company') ?? valueOf(lead, 'Name'))}-`,
    AccountId: account.id,
    OwnerId: owner.id,
    LeadSource: valueOf(lead, 'LeadSource'),
    StageName: stage?.find(({ active }) => active)?.value,
    CloseDate: endOfQuarter(work.now),
  };
  return insert('Opportunity', values, work);
}

/** Activities and campaign memberships of the lead become the contact's. */
function followLead(lead: Entry, contact: Entry, work: Work): void {
  for (const [child, column] of childrenOf(lead, work)) {
    if (child.row === undefined || isDeleted(child.row)) continue;
    if (column.field.name === 'WhoId') relink(child, column, contact, work);
    if (child.table.definition.name === 'CampaignMember') setValues(child, { ContactId: contact }, work);
  }
}

function insert(object: string, values: Readonly<Record<string, unknown>>, work: Work): Entry | Problem {
  return insertRecord(object, values, asPlatform(work));
}

/** Values of the lead that another object takes over, by its field names; blanks are left out. */
function carried(lead: Entry, fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [from, to] of fields) {
    const value = valueOf(lead, from);
    if (value !== null && value !== false) values[to] = value;
  }
  return values;
}

function fillBlanks(
  entry: Entry,
  values: Readonly<Record<string, unknown>>,
  forced: Readonly<Record<string, unknown>>,
  work: Work,
): Entry | Problem {
  const blank = Object.entries(values).filter(([name]) => valueOf(entry, name) === null);
  const changes = { ...Object.fromEntries(blank), ...forced };
  if (Object.keys(changes).length === 0) return entry;
  return updateRecord(entry, changes, asPlatform(work));
}

function valueOf({ table, row }: Entry, name: string): string | number | boolean | null {
  const column = table.column(name);
  return column === undefined || row === undefined ? null : toJson(column.field.type, read(row, column));
}

/** The last day of the quarter that `now` (seconds) is in. */
function endOfQuarter(now: number): string {
  const date = new Date(now * 1000);
  const next = Date.UTC(date.getUTCFullYear(), (Math.floor(date.getUTCMonth() / 3) + 1) * 3, 1);
  return formatDate(next / (secondsPerDay * 1000) - 1);
}
