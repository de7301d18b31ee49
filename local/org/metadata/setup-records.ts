import { fieldPermissionsOf, objectPermissionsOf, userPermissionsOf } from './permission-records.ts';
import type { Component } from './component.ts';
import { elementsNamed, elementText } from './component.ts';
import { childText } from './xml.ts';
import type { DmlRequest, Org, Session } from '../core/index.ts';

/**
 * Setup records that exist because metadata was deployed: a PermissionSet can be assigned by its record, and what it
 * grants of custom permissions is what formulas read as `$Permission`.
 */
export function keepSetupRecords(
  org: Org,
  components: readonly Component[],
  removed: readonly { readonly type: string; readonly fullName: string }[],
): void {
  const records = new SetupRecords(org);
  for (const component of components) {
    if (component.type !== 'CustomPermission') continue;
    records.keep('CustomPermission', 'DeveloperName', component.fullName, {
      MasterLabel: elementText(component, 'label') ?? component.fullName,
      Description: elementText(component, 'description') ?? null,
    });
  }
  for (const component of components) {
    if (component.type !== 'PermissionSet') continue;
    const id = records.keep('PermissionSet', 'Name', component.fullName, {
      Label: elementText(component, 'label') ?? component.fullName,
      Description: elementText(component, 'description') ?? null,
      ...userPermissionsOf(component),
    });
    records.grant(id, grantedBy(component));
    records.keepChildren('ObjectPermissions', id, objectPermissionsOf(component));
    records.keepChildren('FieldPermissions', id, fieldPermissionsOf(component));
  }
  for (const { type, fullName } of removed) {
    if (type === 'PermissionSet') records.remove(type, 'Name', fullName);
    if (type === 'CustomPermission') records.remove(type, 'DeveloperName', fullName);
  }
}

/** Assigns a permission set to a user, as an administrator does. Throws when the org has none of that name. */
export function assignPermissionSet(org: Org, name: string, userId: string): void {
  new SetupRecords(org).assign(name, userId);
}

function grantedBy(permissionSet: Component): readonly string[] {
  return elementsNamed(permissionSet, 'customPermissions').flatMap((element) =>
    childText(element, 'enabled')?.trim() === 'true' ? [childText(element, 'name')?.trim() ?? ''] : [],
  );
}

class SetupRecords {
  readonly #org: Org;
  readonly #session: Session;

  constructor(org: Org) {
    this.#org = org;
    this.#session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/metadata/66.0' };
  }

  /** Inserts or updates the record of that name; returns its ID. */
  keep(object: string, nameField: string, name: string, values: Readonly<Record<string, unknown>>): string {
    const id = this.#idOf(object, nameField, name);
    if (id === undefined) return this.#write('insert', object, { ...values, [nameField]: name });
    return this.#write('update', object, { ...values, Id: id });
  }

  remove(object: string, nameField: string, name: string): void {
    const id = this.#idOf(object, nameField, name);
    if (id !== undefined) this.#write('delete', object, { Id: id });
  }

  /** Makes these, and no others, the custom permissions of a permission set. */
  grant(permissionSetId: string, names: readonly string[]): void {
    const soql = `SELECT Id, SetupEntityId FROM SetupEntityAccess WHERE ParentId = '${permissionSetId}'`;
    const { rows } = this.#org.prepare(soql, this.#session).run();
    const present = new Map(rows.map((row) => [row.values.get('SetupEntityId'), row.id]));
    for (const name of names) {
      const id = this.#idOf('CustomPermission', 'DeveloperName', name);
      if (id === undefined) throw new Error(`the custom permission ${name} has no record`);
      if (present.delete(id)) continue;
      this.#write('insert', 'SetupEntityAccess', { ParentId: permissionSetId, SetupEntityId: id });
    }
    for (const id of present.values()) this.#write('delete', 'SetupEntityAccess', { Id: id });
  }

  /** Makes these, and no others, the records of an object under a permission set. */
  keepChildren(object: string, parentId: string, wanted: readonly Readonly<Record<string, unknown>>[]): void {
    const { rows } = this.#org.prepare(`SELECT Id FROM ${object} WHERE ParentId = '${parentId}'`, this.#session).run();
    this.#writeAll(
      'delete',
      object,
      rows.map(({ id }) => ({ Id: id })),
    );
    this.#writeAll(
      'insert',
      object,
      wanted.map((values) => ({ ...values, ParentId: parentId })),
    );
  }

  assign(name: string, userId: string): void {
    const id = this.#idOf('PermissionSet', 'Name', name);
    if (id === undefined) throw new Error(`the local org has no permission set ${name}; deploy it first`);
    this.#write('insert', 'PermissionSetAssignment', { PermissionSetId: id, AssigneeId: userId });
  }

  #idOf(object: string, nameField: string, name: string): string | undefined {
    const soql = `SELECT Id FROM ${object} WHERE ${nameField} = '${name.replace(/[\\']/g, '\\$&')}'`;
    return this.#org.prepare(soql, this.#session).run().rows[0]?.id;
  }

  #write(operation: DmlRequest['operation'], object: string, record: Readonly<Record<string, unknown>>): string {
    const [id] = this.#writeAll(operation, object, [record]);
    if (id === undefined) throw new Error(`${operation} of a record of ${object} brought no result`);
    return id;
  }

  #writeAll(
    operation: DmlRequest['operation'],
    object: string,
    records: readonly Readonly<Record<string, unknown>>[],
  ): readonly string[] {
    const results = this.#org.dml({ operation, object, records, allOrNone: true, session: this.#session });
    return results.map(({ id, errors }) => {
      if (id !== undefined) return id;
      throw new Error(
        `${operation} of a record of ${object} failed: ${errors.map(({ message }) => message).join('; ')}`,
      );
    });
  }
}
