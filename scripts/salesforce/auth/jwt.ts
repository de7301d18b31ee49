import { createPrivateKey, sign } from 'node:crypto';
import { CredentialsError, type Clock, type Transport } from '../../engine/index.ts';

import type { Login } from '../connection/index.ts';
import { requestToken, withoutSlash } from './token-request.ts';

export interface JwtCredentials {
  /** Consumer key of the External Client App. */
  readonly clientId: string;
  readonly username: string;
  /** PEM; a secret. */
  readonly privateKey: string;
  /** `https://login.salesforce.com`, `https://test.salesforce.com` or the My Domain address. */
  readonly loginUrl: string;
}

/** Seconds that an assertion is good for; the org takes up to about three minutes. */
const lifetime = 180;

/** OAuth 2.0 JWT bearer flow: a new session by signature, no refresh token, no password. */
export function loginByJwt(credentials: JwtCredentials, transport: Transport, clock: Clock): Login {
  const description = `JWT login of ${credentials.username}`;
  return {
    description,
    async login() {
      const assertion = makeAssertion(credentials, clock.now());
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
      return await requestToken(transport, credentials.loginUrl, form, description);
    },
  };
}

/** RS256 over `{iss, sub, aud, exp}`. Throws `CredentialsError` when the key cannot be read. */
export function makeAssertion(credentials: JwtCredentials, now: number): string {
  const claims = {
    iss: credentials.clientId,
    sub: credentials.username,
    aud: withoutSlash(credentials.loginUrl),
    exp: Math.floor(now / 1000) + lifetime,
  };
  const content = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  return `${content}.${signature(content, credentials.privateKey).toString('base64url')}`;
}

function signature(content: string, privateKey: string): Buffer {
  try {
    return sign('RSA-SHA256', Buffer.from(content), createPrivateKey(privateKey));
  } catch {
    // The cause may quote the key, so it is not passed on.
    throw new CredentialsError('The private key of the JWT login is not an RSA key in PEM.', [
      'Give the key file that `plumbline connect` wrote, with its BEGIN and END lines.',
    ]);
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
