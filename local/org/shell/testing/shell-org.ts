import { fixturePackage } from './package.ts';
import { createLocalOrg, listen } from '../../server/index.ts';
import type { LocalOrg } from '../../server/index.ts';

/** A listening org with the fixture's package, and users who are assigned what their names say. */
export interface ShellOrg {
  readonly org: LocalOrg;
  readonly url: string;
  close(): Promise<void>;
}

function createUser(org: LocalOrg, firstName: string, lastName: string): string {
  const session = { userId: org.core.adminUserId, token: '', origin: 'test' };
  const profile = org.core.prepare("SELECT Id FROM Profile WHERE Name = 'Standard User'", session).run().rows[0];
  const username = `${lastName.toLowerCase()}@fixture.local`;
  const [result] = org.core.dml({
    operation: 'insert',
    object: 'User',
    records: [
      {
        FirstName: firstName,
        LastName: lastName,
        Username: username,
        Email: username,
        Alias: lastName.slice(0, 8),
        ProfileId: profile?.id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      },
    ],
    allOrNone: true,
    session,
  });
  if (result?.id === undefined) throw new Error(`the user ${username} was not made: ${JSON.stringify(result?.errors)}`);
  return result.id;
}

export async function startShellOrg(): Promise<ShellOrg> {
  const org = createLocalOrg({ seed: 11 });
  const result = org.deployPackage(fixturePackage());
  if (!result.success) throw new Error(JSON.stringify(result.details.componentFailures, null, 2));
  org.assignPermissionSet('Fixture_Manager', createUser(org, 'Mina', 'Manager'));
  org.assignPermissionSet('Fixture_Viewer', createUser(org, 'Vera', 'Viewer'));
  createUser(org, 'Sam', 'Seller');
  const { instanceUrl, close } = await listen(org, 0);
  return { org, url: instanceUrl, close };
}
