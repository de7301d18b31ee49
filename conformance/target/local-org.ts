import type { Target } from './target.ts';
import { createLocalOrg, listen } from '../../local/org/index.ts';

/** A new local org, without any package, on a port of its own. */
export async function startLocalOrg(apiVersion: string): Promise<Target> {
  const org = createLocalOrg();
  const http = await listen(org, 0);
  return {
    name: 'a local org (not Salesforce)',
    session: { instanceUrl: http.instanceUrl, accessToken: org.issueToken(org.core.adminUserId), apiVersion },
    close: () => http.close(),
  };
}
