import { fixturePackage } from './package.ts';
import { createUser } from '../users.ts';
import { createLocalOrg, listen } from '../../server/index.ts';
import type { LocalOrg } from '../../server/index.ts';

/** A listening org with the fixture's package, and users who are assigned what their names say. */
export interface ShellOrg {
  readonly org: LocalOrg;
  readonly url: string;
  close(): Promise<void>;
}

export async function startShellOrg(): Promise<ShellOrg> {
  const org = createLocalOrg({ seed: 11 });
  const result = org.deployPackage(fixturePackage());
  if (!result.success) throw new Error(JSON.stringify(result.details.componentFailures, null, 2));
  org.assignPermissionSet('Fixture_Manager', createUser(org.core, 'Mina', 'Manager'));
  org.assignPermissionSet('Fixture_Viewer', createUser(org.core, 'Vera', 'Viewer'));
  createUser(org.core, 'Sam', 'Seller');
  const { instanceUrl, close } = await listen(org, 0);
  return { org, url: instanceUrl, close };
}
