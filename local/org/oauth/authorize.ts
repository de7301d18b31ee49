import type { Apps } from './apps.ts';
import type { Codes } from './codes.ts';
import { activeUsers, userById } from './users.ts';
import type { Org } from '../core/index.ts';

/** What the authorize door needs. */
export interface AuthorizeWorld {
  readonly org: Org;
  readonly apps: Apps;
  readonly codes: Codes;
}

/** A page, or the address that the browser is sent on to. */
export type AuthorizeAnswer =
  { readonly status: 200 | 400; readonly html: string } | { readonly status: 302; readonly location: string };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function refuse(error: string, description: string): AuthorizeAnswer {
  return { status: 400, html: `<html><body>error=${error}&amp;error_description=${escape(description)}</body></html>` };
}

function sendOn(redirectUri: string, values: Readonly<Record<string, string | null>>): AuthorizeAnswer {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) if (value !== null) location.searchParams.set(name, value);
  return { status: 302, location: location.href };
}

/** Where an org asks for user name and password, the local org asks as whom to approve. */
function approvalPage(world: AuthorizeWorld, clientId: string): AuthorizeAnswer {
  const buttons = activeUsers(world.org).map(
    ({ id, username }) => `<button name="user" value="${id}">${escape(username)}</button>`,
  );
  const html =
    '<html><head><title>Local org</title></head><body><h1>A local org (not Salesforce)</h1>' +
    `<p>Allow access to ${escape(clientId)} as</p><form method="post">${buttons.join(' ')}` +
    '<button name="deny" value="true">Deny</button></form></body></html>';
  return { status: 200, html };
}

/**
 * Answers `/services/oauth2/authorize` of the web server flow: the page that asks, and with a `form` (POST), the way
 * back to the app with a code. Only what cannot be told to the app is told to the user.
 */
export function answerAuthorize(
  world: AuthorizeWorld,
  query: URLSearchParams,
  form: URLSearchParams | undefined,
): AuthorizeAnswer {
  const clientId = query.get('client_id') ?? '';
  const app = world.apps.find(clientId);
  if (!app) return refuse('invalid_client_id', 'client identifier invalid');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app.callbackUrls?.includes(redirectUri)) {
    return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const state = query.get('state');
  const fail = (error: string, description: string): AuthorizeAnswer =>
    sendOn(redirectUri, { error, error_description: description, state });
  if (query.get('response_type') !== 'code') return fail('unsupported_response_type', 'response type not supported');
  const codeChallenge = query.get('code_challenge');
  if (codeChallenge === null && app.requirePkce) return fail('invalid_request', 'missing required code challenge');
  if (form === undefined) return approvalPage(world, clientId);
  if (form.has('deny')) return fail('access_denied', 'end-user denied authorization');
  const user = userById(world.org, form.get('user') ?? '');
  if (!user?.active) return fail('access_denied', 'no such active user');
  const code = world.codes.issue({
    userId: user.id,
    clientId,
    redirectUri,
    scope: query.get('scope') ?? 'api refresh_token',
    ...(codeChallenge === null ? {} : { codeChallenge: codeChallenge.replace(/=+$/, '') }),
  });
  return sendOn(redirectUri, { code, state });
}
