import type { Database } from './database.ts';
import { currencies, isPermissionable, setupObjects } from './schema/index.ts';
import { keepLeadStatuses } from './keep-lead-statuses.ts';
import { keepRecordTypes } from './keep-record-types.ts';
import { valueOf } from './permission-sets.ts';
import { keepRecord } from './platform-records.ts';
import { Entry, slots, type Stored } from './storage/index.ts';

/** The entries of a new org that the rest refers to. */
export interface Seeded {
  readonly organization: Entry;
  readonly admin: Entry;
  readonly integration: Entry;
}

/** Puts the org's own records into an empty database: organization, licences, profiles, users. `now` in seconds. */
export function seedOrg(
  database: Database,
  now: number,
  { sandbox, type }: { readonly sandbox: boolean; readonly type: string },
): Seeded {
  const admin = database.table('User').create();
  const seed = (object: string, values: Readonly<Record<string, Stored>>, entry?: Entry): Entry =>
    keepRecord(database, object, values, { at: now, author: admin }, entry);

  const organization = seed('Organization', {
    Name: 'Plumbline Local Org',
    OrganizationType: type,
    InstanceName: 'LOCAL',
    IsSandbox: sandbox,
    IsReadOnly: false,
    FiscalYearStartMonth: 1,
    PrimaryContact: 'Admin User',
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: 'GMT',
  });
  keepLeadStatuses(database, { at: now, author: admin });
  seed('Group', { Name: 'All Internal Users', DeveloperName: 'AllInternalUsers', Type: 'Organization' });
  const licence = (name: string, key: string, total: number, used: number) =>
    seed('UserLicense', {
      Name: name,
      MasterLabel: name,
      LicenseDefinitionKey: key,
      Status: 'Active',
      TotalLicenses: total,
      UsedLicenses: used,
    });
  const full = licence('Salesforce', 'SFDC', 100, 1);
  const api = licence('Salesforce Integration', 'SALESFORCE_INTEGRATION', 5, 1);
  const permissionSets = new Map<Entry, Entry>();
  const profile = (name: string, license: Entry, rights: Readonly<Record<string, boolean>>) => {
    const entry = seed('Profile', {
      Name: name,
      UserLicenseId: license,
      UserType: 'Standard',
      PermissionsApiEnabled: true,
      ...rights,
    });
    // As in an org, every profile has a permission set of its own, which its users are assigned to.
    const ownSet = {
      Name: `X${entry.id.slice(0, 15)}`,
      Label: `${entry.id.slice(0, 15)}`,
      Type: 'Profile',
      IsCustom: false,
    };
    permissionSets.set(
      entry,
      seed('PermissionSet', {
        ...ownSet,
        IsOwnedByProfile: true,
        ProfileId: entry,
        LicenseId: license,
        PermissionsApiEnabled: true,
      }),
    );
    return entry;
  };
  const administrator = profile('System Administrator', full, {
    PermissionsModifyAllData: true,
    PermissionsViewAllData: true,
    PermissionsCustomizeApplication: true,
    PermissionsViewSetup: true,
  });
  grantSalesObjects(database, seed, permissionSets.get(profile('Standard User', full, {})));
  const minimum = profile('Minimum Access - API Only Integrations', api, { PermissionsApiUserOnly: true });

  const user = (
    entry: Entry | undefined,
    first: string,
    last: string,
    username: string,
    alias: string,
    profileEntry: Entry,
  ) => {
    const made = seed(
      'User',
      {
        Username: username,
        FirstName: first,
        LastName: last,
        Name: `${first} ${last}`,
        Email: username,
        Alias: alias,
        CommunityNickname: alias,
        IsActive: true,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        UserType: 'Standard',
        ProfileId: profileEntry,
      },
      entry,
    );
    const assignment = { PermissionSetId: permissionSets.get(profileEntry), AssigneeId: made, IsActive: true };
    seed('PermissionSetAssignment', assignment);
    return made;
  };
  user(admin, 'Admin', 'User', 'admin@plumbline.local', 'admin', administrator);
  const integration = user(undefined, 'Plumbline', 'Integration', 'integration@plumbline.local', 'plumb', minimum);
  return { organization, admin, integration };
}

/** The currencies of an org with multi-currency; the first is the corporate one, and the users'. */
export function seedCurrencies(database: Database, now: number, { admin, integration }: Seeded): void {
  for (const [index, [IsoCode, ConversionRate, DecimalPlaces]] of currencies.entries()) {
    const values = { IsoCode, ConversionRate, DecimalPlaces, IsActive: true, IsCorporate: index === 0 };
    keepRecord(database, 'CurrencyType', values, { at: now, author: admin });
  }
  const corporate = currencies[0]?.[0] ?? null;
  const values = { CurrencyIsoCode: corporate, DefaultCurrencyIsoCode: corporate };
  for (const user of [admin, integration]) keepRecord(database, 'User', values, { at: now, author: admin }, user);
}

/** The record type of people, which every profile may use. */
export function seedPersonAccounts(database: Database, now: number, { admin }: Seeded): void {
  keepRecordTypes(database, { at: now, author: admin });
  const grants = [{ object: 'Account', recordType: 'PersonAccount', visible: true, isDefault: false }];
  for (const set of database.table('PermissionSet').entries)
    if (valueOf(set, 'IsOwnedByProfile') === true) database.recordTypes.grant(set.id, grants);
}

/** A standard user reads and writes sales records; custom objects and fields are granted by an administrator. */
function grantSalesObjects(
  database: Database,
  seed: (object: string, values: Readonly<Record<string, Stored>>) => Entry,
  set: Entry | undefined,
): void {
  for (const object of salesObjects) {
    const definition = database.definition(object);
    seed('ObjectPermissions', {
      ParentId: set,
      SobjectType: object,
      PermissionsCreate: true,
      PermissionsRead: true,
      PermissionsEdit: true,
      PermissionsDelete: true,
    });
    for (const field of definition.fields.values()) {
      if (!isPermissionable(definition, field)) continue;
      const edit = field.updateable || field.type === 'address';
      const rights = { PermissionsRead: true, PermissionsEdit: edit };
      seed('FieldPermissions', { ParentId: set, SobjectType: object, Field: `${object}.${field.name}`, ...rights });
    }
  }
}

const salesObjects = [
  'Lead',
  'Contact',
  'Account',
  'Individual',
  'Opportunity',
  'Campaign',
  'Case',
  'Asset',
  'Product2',
];

/** Copies records, IDs included, into an empty database of the same schema: the org's own ones, or `all`. */
export function copyRecords(from: Database, to: Database, all: boolean): void {
  const copies = new Map<Entry, Entry>();
  const objects = all ? [...from.tables].map(({ definition }) => definition.name) : objectsOfSetup(from.schema);
  for (const object of objects) {
    const target = to.table(object);
    target.numberAfter(from.table(object));
    for (const entry of from.table(object).entries) copies.set(entry, target.create());
  }
  for (const [entry, copy] of copies) {
    if (entry.row === undefined) continue;
    const row: Stored[] = [copy, entry.row[slots.stamp], entry.row[slots.deleted], null];
    const deletedWith = entry.row[slots.deletedWith];
    if (deletedWith instanceof Entry) row[slots.deletedWith] = copies.get(deletedWith) ?? null;
    for (const column of entry.table.columns.values()) {
      const target = copy.table.column(column.field.name);
      if (column.slot <= slots.deletedWith || target === undefined) continue;
      const value = entry.row[column.slot] ?? null;
      row[copy.table.slotOf(target)] = value instanceof Entry ? (copies.get(value) ?? null) : value;
    }
    copy.table.replace(copy, row);
  }
  to.recordTypes.takeOver(from.recordTypes, copies);
}

function objectsOfSetup(schema: Database['schema']): readonly string[] {
  const metadata = [...schema.definitions.values()].filter(({ kind }) => kind === 'customMetadata');
  const rates = ['CurrencyType', 'DatedConversionRate'].filter((name) => schema.object(name));
  return [...setupObjects, ...rates, ...metadata.map(({ name }) => name)];
}
