import { CredentialsError } from '../../engine/index.ts';
import type { Login } from '../connection/index.ts';
import { withoutSlash } from './token-request.ts';

/**
 * The login that the `sf` CLI holds for an alias or user name: what an admin deploys with.
 * @param aliasOrUsername As `sf org list` shows it; absent: the default org of `sf`.
 */
export function loginBySfAlias(aliasOrUsername: string | undefined): Login {
  const named = aliasOrUsername ?? 'the default org';
  let opened = false;
  return {
    description: `sf login of ${named}`,
    async login() {
      // Loaded here: it takes longer to load than everything else together, and a worker with a key never needs it.
      const { Org } = await import('@salesforce/core');
      try {
        const org = await Org.create(aliasOrUsername === undefined ? {} : { aliasOrUsername });
        if (opened) await org.refreshAuth();
        opened = true;
        const connection = org.getConnection();
        const { accessToken, instanceUrl } = connection;
        if (!accessToken) throw new Error('no access token');
        return { accessToken, instanceUrl: withoutSlash(instanceUrl) };
      } catch (cause) {
        const name = cause instanceof Error ? cause.name : 'unknown';
        // The messages of `sf` may quote tokens, so only the error's name goes on.
        throw new CredentialsError(`The sf CLI has no usable login for ${named} (${name}).`, [
          'See `sf org list`, and log in with `sf org login web --alias <alias>`.',
        ]);
      }
    },
  };
}
