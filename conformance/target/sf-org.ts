import type { Target } from './target.ts';
import { TargetError } from './target.ts';

interface Organization {
  readonly Name: string;
  readonly OrganizationType: string;
  readonly IsSandbox: boolean;
  readonly TrialExpirationDate: string | null;
}

/**
 * The org that the `sf` CLI knows by this alias or user name. Throws `TargetError` without a usable login, and for a
 * production org: checks write records, which an org's own automation may act on.
 */
export async function openSfOrg(aliasOrUsername: string, apiVersion: string): Promise<Target> {
  // Loaded here: it takes longer to load than all checks take in a local org.
  const { Org } = await import('@salesforce/core');
  let organization: Organization | undefined;
  let session: Target['session'];
  try {
    const org = await Org.create({ aliasOrUsername });
    // A stale access token is renewed here; the checks themselves know no refresh.
    await org.refreshAuth();
    const connection = org.getConnection();
    const soql = 'SELECT Name, OrganizationType, IsSandbox, TrialExpirationDate FROM Organization';
    organization = (await connection.query<Organization & Record<string, unknown>>(soql)).records[0];
    const { accessToken, instanceUrl } = connection;
    if (!accessToken) throw new Error('no access token');
    session = { instanceUrl: instanceUrl.replace(/\/+$/, ''), accessToken, apiVersion };
  } catch (error) {
    // Messages of the login may quote tokens: only the error's name goes on.
    const name = error instanceof Error ? error.name : 'unknown error';
    throw new TargetError(
      `The sf CLI has no usable login for ${aliasOrUsername} (${name}). See \`sf org list\`, and log in with \`sf org login web --alias <alias>\`.`,
    );
  }
  const harmless =
    organization !== undefined &&
    (organization.IsSandbox ||
      organization.TrialExpirationDate !== null ||
      organization.OrganizationType === 'Developer Edition');
  if (!harmless) {
    throw new TargetError(
      `${aliasOrUsername} is a production org. The checks write records: name a sandbox, a scratch org or a Developer Edition.`,
    );
  }
  return { name: `${organization?.Name ?? ''} (${aliasOrUsername})`, session, close: () => Promise.resolve() };
}
