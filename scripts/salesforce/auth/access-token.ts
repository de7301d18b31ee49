import { CredentialsError } from '../../engine/index.ts';
import type { Login, Session } from '../connection/index.ts';
import { withoutSlash } from './token-request.ts';

/** A session that somebody else opened. It cannot be opened again: the second login throws `CredentialsError`. */
export function loginByAccessToken(session: Session): Login {
  let used = false;
  return {
    description: 'access token',
    async login() {
      if (used) {
        throw new CredentialsError('The access token is no longer valid, and a token alone cannot be renewed.', [
          'Give a new access token, or connect with a key pair: `plumbline connect`.',
        ]);
      }
      used = true;
      return { accessToken: session.accessToken, instanceUrl: withoutSlash(session.instanceUrl) };
    },
  };
}
