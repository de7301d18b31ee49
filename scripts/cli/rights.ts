import { SettingsError, type Configuration } from '../engine/index.ts';
import { createTransport } from '../http/index.ts';
import { checkRights, connectSalesforce, loginByAccessToken, type RightsReport } from '../salesforce/index.ts';
import type { OpenOrg } from './compose.ts';
import { loginOfOrg } from './login.ts';
import type { Environment } from './secrets.ts';

/** The access token of the integration user, where it is not the login that `plumbline connect` stored. */
const tokenVariable = 'PLUMBLINE_INTEGRATION_USER_TOKEN';

export interface UserRights extends RightsReport {
  readonly username: string;
}

/**
 * Compares the rights of whom `admin` is logged in as with those of the integration user of the same org. Undefined
 * when this machine has no login of the integration user. Throws `SettingsError` when it is a user of another org.
 */
export async function rightsOfIntegrationUser(
  admin: OpenOrg,
  syncs: Configuration['syncs'],
  environment: Environment,
): Promise<UserRights | undefined> {
  const { orgId } = await admin.records.identity();
  const { instanceUrl } = await admin.salesforce.channel.session();
  const http = createTransport({ maxConnections: 4 });
  const { transport } = http;
  const accessToken = environment[tokenVariable];
  const login =
    accessToken === undefined
      ? loginOfOrg(orgId, environment, { transport, clock: admin.clock })
      : loginByAccessToken({ accessToken, instanceUrl });
  try {
    if (!login) return undefined;
    const user = connectSalesforce({ transport, login, clock: admin.clock });
    const identity = await user.client.identity();
    if (identity.orgId !== orgId) {
      throw new SettingsError(`The integration user belongs to org ${identity.orgId}, and this is org ${orgId}.`, [
        'Connect this org: plumbline connect --target-org <alias>',
      ]);
    }
    const report = await checkRights(syncs, admin.salesforce.describer, user.describer);
    return { username: identity.username, ...report };
  } finally {
    await http.close();
  }
}

/** Refuses to go live with rights missing (N-11). Does nothing where the integration user's login is not known here. */
export async function requireRights(
  admin: OpenOrg,
  syncs: Configuration['syncs'],
  environment: Environment,
): Promise<void> {
  const rights = await rightsOfIntegrationUser(admin, syncs, environment);
  if (!rights || rights.missing.length === 0) return;
  const sentences = rights.missing.map(({ sentence }) => `  ${sentence}`);
  throw new SettingsError(`Rights are missing, so nothing was activated:\n${sentences.join('\n')}`, [
    'Make the permission set that gives them: plumbline check rights --target-org <admin>',
  ]);
}
