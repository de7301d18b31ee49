import { platformSession } from './world.ts';
import type { Org } from '../core/index.ts';

/**
 * Makes a user with the profile Standard User, as an administrator does: `<last name>@plumbline.local`. Returns the ID.
 * Throws with the org's own words when it refuses.
 */
export function createUser(org: Org, firstName: string, lastName: string): string {
  const session = platformSession(org);
  const profile = org.prepare("SELECT Id FROM Profile WHERE Name = 'Standard User'", session).run().rows[0];
  const username = `${lastName.toLowerCase()}@plumbline.local`;
  const record = {
    FirstName: firstName,
    LastName: lastName,
    Username: username,
    Email: username,
    Alias: lastName.slice(0, 8).toLowerCase(),
    ProfileId: profile?.id,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  };
  const [result] = org.dml({ operation: 'insert', object: 'User', records: [record], allOrNone: true, session });
  if (result?.success && result.id !== undefined) return result.id;
  throw new Error(`the user ${username} was not made: ${result?.errors.map(({ message }) => message).join('; ')}`);
}
