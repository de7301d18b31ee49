import type { Check, Trial } from '../check.ts';
import { expectEqual, expectStatus } from './expect.ts';

const source = 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm&type=5';
const unknownApp = 'PlumblineConformanceNoSuchApp';

async function expectRefusal(
  { raw }: Trial,
  form: Readonly<Record<string, string>>,
  error: string,
  description: string | undefined,
): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(form).toString();
  const answer = await raw('POST', '/services/oauth2/token', { body, headers });
  expectStatus(answer, 400, `grant ${form['grant_type'] ?? 'missing'}`);
  const told = answer.json<{ error: string; error_description: string }>();
  expectEqual(told.error, error, `error of grant ${form['grant_type'] ?? 'missing'}`);
  if (description !== undefined) expectEqual(told.error_description, description, 'error_description');
}

/** How the token endpoint refuses. Flows that grant need an app of the org, which the checks do not make. */
export const oauthChecks: readonly Check[] = [
  {
    id: 'OAUTH-01',
    title: 'An unknown grant type is 400 {error: unsupported_grant_type}',
    source,
    run: (trial) =>
      expectRefusal(trial, { grant_type: 'nonsense' }, 'unsupported_grant_type', 'grant type not supported'),
  },
  {
    id: 'OAUTH-02',
    title: 'An assertion that is no JWT is 400 invalid_grant',
    source,
    run: (trial) =>
      expectRefusal(
        trial,
        { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'nonsense' },
        'invalid_grant',
        undefined,
      ),
  },
  {
    id: 'OAUTH-03',
    title: 'An unknown app is 400 invalid_client_id, whatever code or refresh token it brings',
    source,
    async run(trial) {
      const app = { client_id: unknownApp, client_secret: 'x' };
      const description = 'client identifier invalid';
      await expectRefusal(
        trial,
        { ...app, grant_type: 'refresh_token', refresh_token: 'x' },
        'invalid_client_id',
        description,
      );
      const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://localhost:1717/OauthRedirect' };
      await expectRefusal(trial, { ...app, ...code }, 'invalid_client_id', description);
    },
  },
  {
    id: 'OAUTH-04',
    title: 'userinfo tells user and org of a token; a wrong one is 403 Bad_OAuth_Token',
    source: 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_userinfo_endpoint.htm&type=5',
    async run({ raw, session }) {
      const ask = (token: string) =>
        raw('GET', '/services/oauth2/userinfo', { headers: { authorization: `Bearer ${token}` } });
      const good = await ask(session.accessToken);
      expectStatus(good, 200, 'userinfo');
      const told = good.json<{ user_id: string; organization_id: string }>();
      expectEqual([told.user_id.slice(0, 3), told.organization_id.slice(0, 3)], ['005', '00D'], 'user and org');
      const bad = await ask('nonsense');
      expectStatus(bad, 403, 'userinfo of a wrong token');
      expectEqual(bad.text, 'Bad_OAuth_Token', 'body');
    },
  },
];
