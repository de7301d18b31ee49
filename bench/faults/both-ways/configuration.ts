import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from '../../../scripts/control/index.ts';
import { baseOrg } from '../base-org.ts';
import { pollSeconds } from '../prepare-org.ts';

/** The report that is pushed. */
export const reportName = 'Usage';

/** Pulled fields: of Account, and of the account's metadata in Pendo. */
export const pulled = { Name: 'name', Industry: 'industry', NumberOfEmployees: 'numberofemployees' } as const;
/** Pushed fields: columns of the report, and fields of Account. */
export const pushed = { numMinutes: 'Pendo_Minutes__c', numFeatureClicks: 'Pendo_Clicks__c' } as const;
/** What the pushed fields hold before anything is pushed. */
export const before = 7;

const rules = { create: false, update: true, delete: 'ignore' } as const;
const shared = { connection: 'pendo', include: 'all', precedence: 0, rules } as const;
const keep = (source: string, target: string) => ({ source, target, blank: 'keep' }) as const;

/** Accounts of the org into Pendo, and a report of Pendo into fields of the same accounts. */
export const configuration: Draft = {
  connections: [
    { name: 'pendo', system: 'pendo', settings: { region: 'us', requestsPerSecond: 50, lateApplySeconds: 10 } },
  ],
  syncs: [
    {
      ...shared,
      name: 'accounts',
      direction: 'salesforceToSystem',
      salesforceObject: 'Account',
      systemObject: 'account',
      key: { source: 'Id', target: 'accountId' },
      schedule: { pollSeconds, sweepAt: '02:00' },
      mappings: [
        keep('Id', 'accountId'),
        ...Object.entries(pulled).map(([source, name]) => keep(source, `salesforce.${name}`)),
      ],
    },
    {
      ...shared,
      name: 'usage',
      direction: 'systemToSalesforce',
      salesforceObject: 'Account',
      systemObject: `account-report/${reportName}`,
      key: { source: 'accountId', target: 'Id' },
      schedule: { pollSeconds, sweepAt: '02:30' },
      mappings: [keep('accountId', 'Id'), ...Object.entries(pushed).map(([column, field]) => keep(column, field))],
    },
  ],
};

const xml = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${inner}</${root}>\n`;

/** The fields that are pushed to, as an admin of the org makes them. */
function addFields(folder: string): void {
  const fields = join(folder, 'objects/Account/fields');
  mkdirSync(fields, { recursive: true });
  for (const name of Object.values(pushed)) {
    const words = `<fullName>${name}</fullName><label>${name}</label><precision>18</precision><required>false</required><scale>0</scale><type>Number</type>`;
    writeFileSync(join(fields, `${name}.field-meta.xml`), xml('CustomField', words));
  }
  const right = (name: string, editable: boolean): string =>
    `<fieldPermissions><editable>${editable}</editable><field>Account.${name}</field><readable>true</readable></fieldPermissions>`;
  const read = Object.keys(pulled).filter((name) => name !== 'Name');
  const rights = [...read.map((name) => right(name, false)), ...Object.values(pushed).map((name) => right(name, true))];
  const object =
    '<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>true</viewAllRecords></objectPermissions>';
  const set = `${rights.join('')}<hasActivationRequired>false</hasActivationRequired><label>Pushed</label>${object}`;
  writeFileSync(join(folder, 'permissionsets/Pushed.permissionset-meta.xml'), xml('PermissionSet', set));
}

/** An org with the package and the pushed fields, deployed once in a process. */
export const orgWithFields = baseOrg(addFields, ['Pushed']);
