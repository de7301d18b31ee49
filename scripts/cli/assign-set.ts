import { SettingsError, type RecordClient } from '../engine/index.ts';

/**
 * Gives a user a permission set, as whoever is logged in; true when they did not have it yet. Throws `SettingsError` for a
 * user or a set that the org does not have, and where the login may not assign it.
 */
export async function assignSet(records: RecordClient, set: string, username: string): Promise<boolean> {
  const literal = (value: string): string => records.literal(value);
  const user = await idOf(records, `SELECT Id FROM User WHERE Username = ${literal(username)}`);
  const permissionSet = await idOf(records, `SELECT Id FROM PermissionSet WHERE Name = ${literal(set)}`);
  if (user === undefined || permissionSet === undefined) {
    throw new SettingsError(`The org has no ${user === undefined ? `user ${username}` : `permission set ${set}`}.`, [
      'Look at the deployment in Setup, Deployment Status.',
    ]);
  }
  const both = `AssigneeId = ${literal(user)} AND PermissionSetId = ${literal(permissionSet)}`;
  const held = await idOf(records, `SELECT Id FROM PermissionSetAssignment WHERE ${both}`);
  if (held !== undefined) return false;
  const [result] = await records.create('PermissionSetAssignment', [
    { AssigneeId: user, PermissionSetId: permissionSet },
  ]);
  if (result?.success === true) return true;
  const said = result?.errors[0]?.message ?? 'no reason given';
  throw new SettingsError(`The fields are made, but ${username} did not get the permission set ${set}: ${said}`, [
    `Assign it: sf org assign permset --name ${set} --on-behalf-of ${username} --target-org <admin>`,
  ]);
}

async function idOf(records: RecordClient, query: string): Promise<string | undefined> {
  return (await records.queryOne<{ readonly Id: string }>(query))?.Id;
}
