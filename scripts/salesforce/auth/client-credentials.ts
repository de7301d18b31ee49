import type { Transport } from '../../engine/index.ts';
import type { Login } from '../connection/index.ts';
import { requestToken } from './token-request.ts';

export interface ClientCredentials {
  readonly clientId: string;
  /** A secret. */
  readonly clientSecret: string;
  /** The My Domain address: no other host takes this flow. */
  readonly loginUrl: string;
}

/** OAuth 2.0 client credentials flow: the app's run-as user. */
export function loginByClientCredentials(credentials: ClientCredentials, transport: Transport): Login {
  const description = `client credentials login at ${new URL(credentials.loginUrl).host}`;
  return {
    description,
    async login() {
      const form = {
        grant_type: 'client_credentials',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      };
      return await requestToken(transport, credentials.loginUrl, form, description);
    },
  };
}
