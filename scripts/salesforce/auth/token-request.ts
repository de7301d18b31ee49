import { z } from 'zod';
import { RetryError, type Transport } from '../../engine/index.ts';

import type { Session } from '../connection/index.ts';
import { loginError } from './refusals.ts';

const granted = z.object({ access_token: z.string().min(1), instance_url: z.url() });
const refused = z.object({ error: z.string(), error_description: z.string().default('') });

/**
 * Asks `<loginUrl>/services/oauth2/token` for a session.
 * @param form What the grant needs; never part of an error.
 * @param description Of the login, for errors.
 */
export async function requestToken(
  transport: Transport,
  loginUrl: string,
  form: Readonly<Record<string, string>>,
  description: string,
): Promise<Session> {
  const request = new Request(`${withoutSlash(loginUrl)}/services/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  });
  let status: number;
  let body: unknown;
  try {
    const response = await transport(request);
    status = response.status;
    body = json(await response.text());
  } catch (cause) {
    throw new RetryError(`The ${description} could not reach ${new URL(loginUrl).host}.`, [], { cause });
  }
  if (status === 200) {
    const session = granted.safeParse(body);
    if (session.success) {
      return { accessToken: session.data.access_token, instanceUrl: withoutSlash(session.data.instance_url) };
    }
    throw new RetryError(`The answer to the ${description} is not a session, as it is during maintenance.`, []);
  }
  const refusal = refused.safeParse(body);
  throw loginError(
    status,
    refusal.success
      ? { error: refusal.data.error, description: refusal.data.error_description }
      : { error: `ERROR_HTTP_${status}`, description: 'no reason given' },
    description,
  );
}

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A login page in HTML: the status alone says what happened.
    return undefined;
  }
}
