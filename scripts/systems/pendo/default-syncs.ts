import type { FieldMapping, SyncConfiguration } from '../../engine/index.ts';

const keep = (source: string, target: string): FieldMapping => ({ source, target, blank: 'keep' });

/** Fields of accounts, under the names that an integration of Pendo with Salesforce gives them. */
const account: readonly FieldMapping[] = [
  keep('Name', 'salesforce.name'),
  keep('Type', 'salesforce.type'),
  keep('Industry', 'salesforce.industry'),
  keep('AnnualRevenue', 'salesforce.annualrevenue'),
  keep('NumberOfEmployees', 'salesforce.numberofemployees'),
];

const contact: readonly FieldMapping[] = [
  keep('FirstName', 'salesforce.firstname'),
  keep('LastName', 'salesforce.lastname'),
  keep('Title', 'salesforce.title'),
  keep('Department', 'salesforce.department'),
];

/** What an account report of the last 30 days says, in the fields that are proposed for it. */
const usage: readonly FieldMapping[] = [
  keep('numMinutes', 'Pendo_TimeOnSite_Last30Days__c'),
  keep('numEvents', 'Pendo_Events_Last30Days__c'),
  keep('daysActive', 'Pendo_DaysActive_Last30Days__c'),
  keep('visitorCount', 'Pendo_Visitors_Last30Days__c'),
];

/** The name of the report that the first push reads; make one of this name, or name another report in the sync. */
const usageReport = 'account-report/Account usage, last 30 days';

/**
 * P-11: accounts to Account and visitors to Contact, both pulled each night and when they change (P-03), and one report
 * of accounts pushed each night (P-07). Accounts are known by the ID of their record, visitors by their email.
 */
export function defaultSyncs(connection: string): readonly SyncConfiguration[] {
  const shared = {
    connection,
    include: 'all',
    precedence: 0,
    rules: { create: false, update: true, delete: 'ignore' },
  } as const;
  const pull = {
    ...shared,
    direction: 'salesforceToSystem',
    schedule: { pollSeconds: 300, sweepAt: '02:00' },
  } as const;
  return [
    {
      ...pull,
      name: `${connection}-accounts`,
      salesforceObject: 'Account',
      systemObject: 'account',
      key: { source: 'Id', target: 'accountId' },
      mappings: [keep('Id', 'accountId'), ...account],
    },
    {
      ...pull,
      name: `${connection}-visitors`,
      salesforceObject: 'Contact',
      systemObject: 'visitor',
      key: { source: 'Email', target: 'visitorId' },
      mappings: [keep('Email', 'visitorId'), ...contact],
    },
    {
      ...shared,
      name: `${connection}-usage`,
      direction: 'systemToSalesforce',
      salesforceObject: 'Account',
      systemObject: usageReport,
      key: { source: 'accountId', target: 'Id' },
      // Half an hour after the pull, as Pendo's users know it: first in, then out.
      schedule: { pollSeconds: 300, sweepAt: '02:30' },
      mappings: [keep('accountId', 'Id'), ...usage],
    },
  ];
}
