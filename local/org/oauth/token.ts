import { timingSafeEqual } from 'node:crypto';
import type { Apps } from './apps.ts';
import { hashSecret } from './apps.ts';
import { challengeOf } from './codes.ts';
import type { Codes } from './codes.ts';
import { isSignedBy, readAssertion } from './jwt.ts';
import type { Sessions } from './sessions.ts';
import { userById, userByName } from './users.ts';
import type { Org } from '../core/index.ts';

/** What the token door needs. */
export interface TokenWorld {
  readonly org: Org;
  readonly apps: Apps;
  readonly sessions: Sessions;
  readonly codes: Codes;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

function refuse(error: string, description: string): TokenAnswer {
  return { status: 400, body: { error, error_description: description } };
}

function unknownApp(): TokenAnswer {
  return refuse('invalid_client_id', 'client identifier invalid');
}

/** What comes with a grant beside the access token. */
interface GrantExtras {
  readonly scope?: string;
  /** Told in the answer. */
  readonly newRefreshToken?: string;
  /** Where the access token came from. */
  readonly refreshToken?: string;
}

function grant(
  world: TokenWorld,
  { userId, clientId }: { readonly userId: string; readonly clientId: string },
  origin: string,
  extras: GrantExtras = {},
): TokenAnswer {
  const { org, sessions } = world;
  const { refreshToken } = extras;
  return {
    status: 200,
    body: {
      access_token: sessions.issue(userId, { refreshToken, clientId }),
      ...(extras.newRefreshToken === undefined ? {} : { refresh_token: extras.newRefreshToken }),
      scope: extras.scope ?? 'api',
      instance_url: origin,
      id: `${origin}/id/${org.id}/${userId}`,
      token_type: 'Bearer',
      issued_at: String(org.clock.now()),
    },
  };
}

function audiences(origin: string): ReadonlySet<string> {
  return new Set(['https://login.salesforce.com', 'https://test.salesforce.com', origin]);
}

function jwtBearer(world: TokenWorld, form: URLSearchParams, origin: string): TokenAnswer {
  const text = form.get('assertion') ?? '';
  const assertion = readAssertion(text);
  if (!assertion) return refuse('invalid_grant', 'invalid assertion');
  const app = world.apps.find(assertion.iss);
  if (!app) return unknownApp();
  if (app.certificatePem === undefined || !isSignedBy(text, app.certificatePem)) {
    return refuse('invalid_grant', 'invalid assertion');
  }
  if (!audiences(origin).has(assertion.aud.replace(/\/+$/, ''))) return refuse('invalid_grant', 'audience is invalid');
  // No upper bound: sf itself sends milliseconds here, and orgs take it.
  if (assertion.exp <= world.org.clock.now() / 1000) {
    return refuse('invalid_grant', 'expired or invalid assertion');
  }
  const user = userByName(world.org, assertion.sub);
  if (!user || !app.preAuthorisedUserIds.includes(user.id)) {
    return refuse('invalid_grant', "user hasn't approved this consumer");
  }
  return user.active
    ? grant(world, { userId: user.id, clientId: app.clientId }, origin)
    : refuse('invalid_grant', 'inactive user');
}

function secretFits(hash: string | undefined, secret: string): boolean {
  const given = Buffer.from(hashSecret(secret));
  const kept = Buffer.from((hash ?? '').toLowerCase());
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** Client ID and secret of the form, or of HTTP Basic. */
function credentials(form: URLSearchParams, authorization: string | null): { id: string; secret: string } {
  const basic = /^Basic\s+(.+)$/i.exec(authorization ?? '');
  if (!basic) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', ...secret] = Buffer.from(basic[1] ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
}

function clientCredentials(
  world: TokenWorld,
  form: URLSearchParams,
  origin: string,
  authorization: string | null,
): TokenAnswer {
  const { id, secret } = credentials(form, authorization);
  const app = world.apps.find(id);
  if (!app) return unknownApp();
  if (!secretFits(app.clientSecretHash, secret)) return refuse('invalid_client', 'invalid client credentials');
  const user = app.runAsUserId === undefined ? undefined : userById(world.org, app.runAsUserId);
  if (!user) return refuse('invalid_grant', 'no client credentials user enabled');
  return user.active
    ? grant(world, { userId: user.id, clientId: id }, origin)
    : refuse('invalid_grant', 'inactive user');
}

function refresh(world: TokenWorld, form: URLSearchParams, origin: string): TokenAnswer {
  const clientId = form.get('client_id') ?? '';
  const kept = world.sessions.refresh(form.get('refresh_token') ?? '');
  // `/local/tokens` gives refresh tokens for apps that the org does not know.
  if (kept?.clientId !== clientId && !world.apps.find(clientId)) return unknownApp();
  if (kept?.clientId !== clientId) return refuse('invalid_grant', 'expired access/refresh token');
  const user = userById(world.org, kept.userId);
  const refreshToken = form.get('refresh_token') ?? '';
  return user?.active
    ? grant(world, { userId: user.id, clientId }, origin, { refreshToken })
    : refuse('invalid_grant', 'inactive user');
}

/** Exchanges the code of the web server flow. */
function authorizationCode(
  world: TokenWorld,
  form: URLSearchParams,
  origin: string,
  authorization: string | null,
): TokenAnswer {
  const { id, secret } = credentials(form, authorization);
  const app = world.apps.find(id);
  if (!app) return unknownApp();
  // An app with a secret must show it; one without (sf's own) proves itself by PKCE alone.
  if (app.clientSecretHash !== undefined && !secretFits(app.clientSecretHash, secret)) {
    return refuse('invalid_client', 'invalid client credentials');
  }
  const approval = world.codes.take(form.get('code') ?? '');
  if (approval === 'expired') return refuse('invalid_grant', 'expired authorization code');
  if (approval?.clientId !== id) return refuse('invalid_grant', 'invalid authorization code');
  if (approval.redirectUri !== form.get('redirect_uri')) {
    return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const { userId, scope, codeChallenge } = approval;
  if (codeChallenge !== undefined && challengeOf(form.get('code_verifier') ?? '') !== codeChallenge) {
    return refuse('invalid_grant', 'invalid code verifier');
  }
  if (!/\b(?:refresh_token|offline_access)\b/.test(scope))
    return grant(world, { userId, clientId: id }, origin, { scope });
  const refreshToken = world.sessions.issueRefresh(userId, id);
  return grant(world, { userId, clientId: id }, origin, { scope, refreshToken, newRefreshToken: refreshToken });
}

/**
 * Answers `POST /services/oauth2/token`. `origin` is the org's own address (scheme and host) as the caller sees it.
 * Error bodies: Salesforce Help, "OAuth 2.0 Errors".
 */
export function answerToken(
  world: TokenWorld,
  form: URLSearchParams,
  origin: string,
  authorization: string | null,
): TokenAnswer {
  const kind = form.get('grant_type');
  if (kind === 'urn:ietf:params:oauth:grant-type:jwt-bearer') return jwtBearer(world, form, origin);
  if (kind === 'client_credentials') return clientCredentials(world, form, origin, authorization);
  if (kind === 'authorization_code') return authorizationCode(world, form, origin, authorization);
  if (kind === 'refresh_token') return refresh(world, form, origin);
  return refuse('unsupported_grant_type', 'grant type not supported');
}
