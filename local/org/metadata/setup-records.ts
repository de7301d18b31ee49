import type { Component } from './component.ts';
import { elementText } from './component.ts';
import type { Org, Session } from '../core/index.ts';

/** Setup records that exist because metadata was deployed: a PermissionSet can be assigned by its record. */
export function keepSetupRecords(
  org: Org,
  components: readonly Component[],
  removed: readonly { readonly type: string; readonly fullName: string }[],
): void {
  const session: Session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/metadata/66.0' };
  const idOf = (name: string): string | undefined =>
    org.prepare(`SELECT Id FROM PermissionSet WHERE Name = '${name.replace(/[\\']/g, '\\$&')}'`, session).run().rows[0]
      ?.id;
  for (const component of components) {
    if (component.type !== 'PermissionSet') continue;
    const id = idOf(component.fullName);
    const values = {
      Label: elementText(component, 'label') ?? component.fullName,
      Description: elementText(component, 'description') ?? null,
    };
    const record = id === undefined ? { ...values, Name: component.fullName } : { ...values, Id: id };
    const operation = id === undefined ? 'insert' : 'update';
    const [result] = org.dml({ operation, object: 'PermissionSet', records: [record], allOrNone: true, session });
    if (!result?.success) {
      const message = result?.errors.map((error) => error.message).join('; ') ?? 'no result';
      throw new Error(`the record of permission set ${component.fullName} could not be kept: ${message}`);
    }
  }
  for (const { type, fullName } of removed) {
    const id = type === 'PermissionSet' ? idOf(fullName) : undefined;
    if (id !== undefined)
      org.dml({ operation: 'delete', object: 'PermissionSet', records: [{ Id: id }], allOrNone: true, session });
  }
}
