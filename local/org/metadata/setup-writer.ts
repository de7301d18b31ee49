import { OrgError } from '../core/index.ts';
import type { DmlRequest, Org, Session } from '../core/index.ts';

/** A component whose records the org refuses, with its reason. */
export class SetupProblem extends Error {}

/** Writes setup records as the administrator. */
export class SetupRecords {
  readonly #org: Org;
  readonly #session: Session;

  constructor(org: Org) {
    this.#org = org;
    this.#session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/metadata/66.0' };
  }

  /** Inserts or updates the record of that name; returns its ID. */
  keep(object: string, nameField: string, name: string, values: Readonly<Record<string, unknown>>): string {
    const id = this.idOf(object, nameField, name);
    if (id === undefined) return this.#write('insert', object, { ...values, [nameField]: name });
    return this.#write('update', object, { ...values, Id: id });
  }

  remove(object: string, nameField: string, name: string): void {
    const id = this.idOf(object, nameField, name);
    if (id !== undefined) this.#write('delete', object, { Id: id });
  }

  /** Makes these, and no others, the custom permissions of a permission set. */
  grant(permissionSetId: string, names: readonly string[]): void {
    const soql = `SELECT Id, SetupEntityId FROM SetupEntityAccess WHERE ParentId = '${permissionSetId}'`;
    const { rows } = this.#org.prepare(soql, this.#session).run();
    const present = new Map(rows.map((row) => [row.values.get('SetupEntityId'), row.id]));
    for (const name of names) {
      const id = this.idOf('CustomPermission', 'DeveloperName', name);
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

  /** Like `keep`, for objects that only the platform writes. */
  keepPlatform(object: string, nameField: string, name: string, values: Readonly<Record<string, unknown>>): string {
    try {
      return this.#org.platform.put(object, { ...values, [nameField]: name }, this.idOf(object, nameField, name));
    } catch (error) {
      if (error instanceof OrgError) throw new SetupProblem(error.message);
      throw error;
    }
  }

  removePlatform(object: string, nameField: string, name: string): void {
    const id = this.idOf(object, nameField, name);
    if (id !== undefined) this.#org.platform.remove(object, id);
  }

  /** Updates those records of an object under a permission set that are of the same `key`, and adds the others. */
  mergeChildren(
    object: string,
    parentId: string,
    key: string,
    wanted: readonly Readonly<Record<string, unknown>>[],
  ): void {
    const { rows } = this.#org
      .prepare(`SELECT Id, ${key} FROM ${object} WHERE ParentId = '${parentId}'`, this.#session)
      .run();
    const present = new Map(rows.map((row) => [row.values.get(key), row.id]));
    const replaced = wanted.flatMap((values) => present.get(values[key] as string) ?? []);
    this.#writeAll(
      'delete',
      object,
      replaced.map((id) => ({ Id: id })),
    );
    this.#writeAll(
      'insert',
      object,
      wanted.map((values) => ({ ...values, ParentId: parentId })),
    );
  }

  assign(name: string, userId: string): void {
    const id = this.idOf('PermissionSet', 'Name', name);
    if (id === undefined) throw new Error(`the local org has no permission set ${name}; deploy it first`);
    this.#write('insert', 'PermissionSetAssignment', { PermissionSetId: id, AssigneeId: userId });
  }

  /** The ID of the record of that name, if there is one. */
  idOf(object: string, nameField: string, name: string): string | undefined {
    const soql = `SELECT Id FROM ${object} WHERE ${nameField} = '${name.replace(/[\\']/g, '\\$&')}'`;
    return this.#org.prepare(soql, this.#session).run().rows[0]?.id;
  }

  /** IDs of the records that a SOQL condition finds. */
  idsOf(object: string, condition: string): readonly string[] {
    const { rows } = this.#org.prepare(`SELECT Id FROM ${object} WHERE ${condition}`, this.#session).run();
    return rows.flatMap(({ id }) => (id === undefined ? [] : [id]));
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
      throw new SetupProblem(errors.map(({ message }) => message).join('; '));
    });
  }
}
