import type { FieldMapping, SyncConfiguration } from '../../engine/index.ts';

const keep = (source: string, target: string): FieldMapping => ({ source, target, blank: 'keep' });

const person: readonly FieldMapping[] = [
  // Lower-cased, as Iterable compares it: another spelling of the same address is no change.
  { source: 'Email', target: 'email', transform: 'lowercase', blank: 'keep' },
  keep('FirstName', 'dataFields.Name.First'),
  keep('LastName', 'dataFields.Name.Last'),
  keep('Id', 'dataFields.Salesforce.Id'),
];

const owner: readonly FieldMapping[] = [
  keep('Owner.Email', 'dataFields.Owner.Email'),
  keep('Owner.Name', 'dataFields.Owner.Name'),
  keep('Owner.IsActive', 'dataFields.Owner.Salesforce.Active'),
  keep('Owner.Id', 'dataFields.Owner.Salesforce.Id'),
];

const lead: readonly FieldMapping[] = [
  keep('Status', 'dataFields.Lead.Status'),
  keep('LeadSource', 'dataFields.Lead.Source'),
  keep('Company', 'dataFields.Company.Name'),
];

const account: readonly FieldMapping[] = [
  keep('Account.Id', 'dataFields.Company.Salesforce.Id'),
  keep('Account.Name', 'dataFields.Company.Name'),
];

/**
 * Leads and contacts to Iterable users, with the twelve mappings of I-14 and a lead's company. Accounts and owners come
 * along as parents. A contact wins over a lead of the same email (I-X6); a converted lead goes on as its contact.
 */
export function defaultSyncs(connection: string): readonly SyncConfiguration[] {
  const shared = {
    connection,
    direction: 'salesforceToSystem',
    systemObject: 'user',
    key: { source: 'Email', target: 'email' },
    rules: { create: true, update: true, delete: 'ignore' },
    schedule: { pollSeconds: 60, sweepAt: '02:00' },
  } as const;
  return [
    {
      ...shared,
      name: `${connection}-leads`,
      salesforceObject: 'Lead',
      include: 'IsConverted = false',
      precedence: 1,
      mappings: [...person, ...lead, ...owner],
    },
    {
      ...shared,
      name: `${connection}-contacts`,
      salesforceObject: 'Contact',
      include: 'all',
      precedence: 2,
      mappings: [...person, ...account, ...owner],
    },
  ];
}
