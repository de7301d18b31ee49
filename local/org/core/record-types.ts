import type { ObjectDefinition, RecordTypeDefinition, RecordTypeGrant } from './contract/index.ts';
import { OrgError } from './contract/index.ts';
import type { Database } from './database.ts';
import { permissionSetsOf, valueOf } from './permission-sets.ts';
import type { Entry } from './storage/index.ts';

/** The record of a record type, by object and developer name. */
export function recordTypeEntry(database: Database, object: string, name: string): Entry | undefined {
  return database
    .table('RecordType')
    .entries.find((entry) => valueOf(entry, 'SobjectType') === object && valueOf(entry, 'DeveloperName') === name);
}

/** The definition that a RecordType record stands for, if it is one of this object's. */
export function recordTypeOf(object: ObjectDefinition, entry: Entry): RecordTypeDefinition | undefined {
  if (valueOf(entry, 'SobjectType') !== object.name) return undefined;
  return object.recordTypes?.get(String(valueOf(entry, 'DeveloperName')));
}

/** What one permission set says of one record type. */
interface Grant {
  readonly visible: boolean;
  readonly isDefault: boolean;
}

/** Which record types a user may use, and the default of each object. */
export interface UserRecordTypes {
  allows(recordType: Entry): boolean;
  /** Absent: records are of no record type when they do not say otherwise. */
  defaultOf(object: string): Entry | undefined;
}

/** Who may use which record types. The grants hang on permission sets; a profile has one of its own. */
export class RecordTypeAccess {
  readonly #database: Database;
  readonly #bySet = new Map<Entry, Map<Entry, Grant>>();
  readonly #byUser = new Map<Entry, { readonly stamp: string; readonly types: UserRecordTypes }>();
  #revision = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Grows when grants change: what is shown of record types may then differ. */
  get revision(): number {
    return this.#revision;
  }

  grant(permissionSetId: string, grants: readonly RecordTypeGrant[]): void {
    const set = this.#database.find(permissionSetId);
    if (set === undefined)
      throw new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', `no permission set ${permissionSetId}`);
    const kept = this.#bySet.get(set) ?? new Map<Entry, Grant>();
    for (const { object, recordType, visible, isDefault } of grants) {
      const entry = recordTypeEntry(this.#database, object, recordType);
      if (entry === undefined) {
        throw new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', `no RecordType named ${object}.${recordType} found`);
      }
      if (isDefault)
        for (const [other, grant] of kept) if (isOf(other, object)) kept.set(other, { ...grant, isDefault: false });
      kept.set(entry, { visible, isDefault });
    }
    this.#bySet.set(set, kept);
    this.#revision++;
  }

  of(user: Entry): UserRecordTypes {
    const stamp = this.#stamp();
    const known = this.#byUser.get(user);
    if (known?.stamp === stamp) return known.types;
    const types = this.#collect(user);
    this.#byUser.set(user, { stamp, types });
    return types;
  }

  /** Takes the grants of another org's access over; `copies` says which entry here stands for which there. */
  takeOver(other: RecordTypeAccess, copies: ReadonlyMap<Entry, Entry>): void {
    for (const [set, grants] of other.#bySet) {
      const copy = copies.get(set);
      if (copy === undefined) continue;
      const copied = [...grants].flatMap(([type, grant]) => {
        const entry = copies.get(type);
        return entry === undefined ? [] : [[entry, grant] as const];
      });
      this.#bySet.set(copy, new Map(copied));
    }
  }

  #stamp(): string {
    const versions = ['User', 'PermissionSet', 'PermissionSetAssignment', 'PermissionSetGroupComponent'].map(
      (name) => this.#database.table(name).version,
    );
    return [this.#revision, ...versions].join();
  }

  #collect(user: Entry): UserRecordTypes {
    const visible = new Set<Entry>();
    const defaults = new Map<string, Entry>();
    for (const set of permissionSetsOf(this.#database, user)) {
      for (const [type, grant] of this.#bySet.get(set) ?? []) {
        if (grant.visible) visible.add(type);
        if (grant.isDefault) defaults.set(String(valueOf(type, 'SobjectType')), type);
      }
    }
    return { allows: (type) => visible.has(type), defaultOf: (object) => defaults.get(object) };
  }
}

const isOf = (type: Entry, object: string): boolean => valueOf(type, 'SobjectType') === object;
