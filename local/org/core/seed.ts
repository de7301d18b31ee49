import type { PicklistValue } from './contract.ts';
import type { Database } from './database.ts';
import { isPermissionable, setupObjects } from './schema/index.ts';
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
    putRecord(database, object, values, { now, author: admin, entry: entry ?? database.table(object).create() });

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
  for (const [index, { value, defaultValue }] of leadStatuses(database).entries()) {
    seed('LeadStatus', {
      MasterLabel: value,
      ApiName: value,
      SortOrder: index + 1,
      IsDefault: defaultValue,
      IsConverted: value === 'Closed - Converted',
    });
  }
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

function leadStatuses(database: Database): readonly PicklistValue[] {
  return database.definition('Lead').fields.get('Status')?.picklistValues ?? [];
}

/** Copies the org's own records, IDs included, into a database of the same schema; business records stay behind. */
export function copySetup(from: Database, to: Database): void {
  const copies = new Map<Entry, Entry>();
  for (const object of setupObjects) {
    const target = to.table(object);
    for (const entry of from.table(object).entries) copies.set(entry, target.create());
  }
  for (const [entry, copy] of copies) {
    if (entry.row === undefined) continue;
    const row: Stored[] = [copy, entry.row[slots.stamp], entry.row[slots.deleted], null];
    for (const column of entry.table.columns.values()) {
      const target = copy.table.column(column.field.name);
      if (column.slot <= slots.deletedWith || target === undefined) continue;
      const value = entry.row[column.slot] ?? null;
      row[copy.table.slotOf(target)] = value instanceof Entry ? (copies.get(value) ?? null) : value;
    }
    copy.table.replace(copy, row);
  }
}

function putRecord(
  database: Database,
  object: string,
  values: Readonly<Record<string, Stored>>,
  made: { readonly now: number; readonly author: Entry; readonly entry: Entry },
): Entry {
  const table = database.table(object);
  const row: Stored[] = [made.entry, made.now, false, null];
  const audit = {
    CreatedDate: made.now,
    CreatedById: made.author,
    LastModifiedDate: made.now,
    LastModifiedById: made.author,
  };
  for (const [name, value] of Object.entries({ ...values, ...audit })) {
    const column = table.column(name);
    if (column === undefined) throw new Error(`${object} has no field ${name}`);
    row[table.slotOf(column)] = value;
  }
  for (const column of table.columns.values()) {
    if (column.field.type === 'boolean' && column.slot < 0)
      row[table.slotOf(column)] = column.field.defaultValue === true;
  }
  table.replace(made.entry, row);
  return made.entry;
}
