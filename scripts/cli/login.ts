import { SettingsError, type Clock, type Transport } from '../engine/index.ts';
import {
  loginByAccessToken,
  loginByClientCredentials,
  loginByJwt,
  loginBySfAlias,
  type Login,
} from '../salesforce/index.ts';
import { readSecrets, secretsFile, type Environment, type StoredLogin } from './secrets.ts';

export interface LoginOptions {
  /** Alias or user name of the `sf` CLI. */
  readonly targetOrg?: string;
  readonly instanceUrl?: string;
  readonly accessToken?: string;
  /** 18-character ID of an org that `plumbline connect` has stored a login for. */
  readonly orgId?: string;
  /** Never the login that `plumbline connect` stored, which is the worker's: what customises an org is a person's doing. */
  readonly personal?: boolean;
}

/**
 * Chooses how to log in: an access token (option or `PLUMBLINE_ACCESS_TOKEN`), a named `sf` login, the login that
 * `plumbline connect` stored, else the default org of `sf`. Throws `SettingsError` when what was given does not fit together.
 */
export function chooseLogin(
  options: LoginOptions,
  environment: Environment,
  ports: { readonly transport: Transport; readonly clock: Clock },
): Login {
  const accessToken = options.accessToken ?? environment['PLUMBLINE_ACCESS_TOKEN'];
  const instanceUrl = options.instanceUrl ?? environment['PLUMBLINE_INSTANCE_URL'];
  if (options.targetOrg !== undefined) return loginBySfAlias(options.targetOrg);
  if (accessToken !== undefined && instanceUrl !== undefined) return loginByAccessToken({ accessToken, instanceUrl });
  if (accessToken !== undefined || options.instanceUrl !== undefined) {
    throw new SettingsError('An access token and the URL of its org are needed together.', [
      'Give --instance-url and --access-token, or PLUMBLINE_INSTANCE_URL and PLUMBLINE_ACCESS_TOKEN in the environment.',
    ]);
  }
  const stored = options.personal === true ? undefined : storedLogin(options.orgId, environment);
  if (stored !== undefined) return loginByStored(stored, ports);
  return loginBySfAlias(undefined);
}

/** The login that `plumbline connect` stored for the worker of an org; absent when there is none. */
export function loginOfOrg(
  orgId: string,
  environment: Environment,
  ports: { readonly transport: Transport; readonly clock: Clock },
): Login | undefined {
  const stored = readSecrets(secretsFile(environment)).orgs[orgId]?.login;
  return stored && loginByStored(stored, ports);
}

function storedLogin(orgId: string | undefined, environment: Environment): StoredLogin | undefined {
  const file = secretsFile(environment);
  const { orgs } = readSecrets(file);
  if (orgId !== undefined) {
    const login = orgs[orgId]?.login;
    if (login === undefined) {
      throw new SettingsError(`${file} has no login for org ${orgId}.`, [
        'Connect the org with: plumbline connect --target-org <alias>',
      ]);
    }
    return login;
  }
  const withLogin = Object.values(orgs).filter((org) => org.login !== undefined);
  return withLogin.length === 1 ? withLogin[0]?.login : undefined;
}

function loginByStored(
  login: StoredLogin,
  { transport, clock }: { readonly transport: Transport; readonly clock: Clock },
): Login {
  switch (login.kind) {
    case 'jwt':
      return loginByJwt(login, transport, clock);
    case 'client-credentials':
      return loginByClientCredentials(login, transport);
  }
}
