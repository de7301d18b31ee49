import { randomBytes } from 'node:crypto';
import type { Org, Session } from '../core/index.ts';

/**
 * The sessions of Lightning pages. They are kept apart from the access tokens of the APIs, and come in a cookie that
 * no script can read: shown to `/services/data` they are no session, as an org refuses its Lightning sessions there.
 */
export interface LightningSessions {
  /** Logs a user in; returns the cookie to set. */
  open(userId: string, request: Request): string;
  /** Who calls, undefined when no one is logged in or the session has been idle for two hours. */
  of(request: Request): Session | undefined;
  /** Logs out; returns the cookie to set. */
  close(request: Request): string;
}

const IDLE_MILLISECONDS = 2 * 60 * 60 * 1000;

/** Cookies do not know ports: each org of this machine has a name of its own. */
function cookieName(request: Request): string {
  return `lightning_${new URL(request.url).port || '80'}`;
}

function tokenOf(request: Request): string | undefined {
  const name = cookieName(request);
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim().split('='));
  return cookies.find(([own]) => own === name)?.[1];
}

export function createLightningSessions(org: Org): LightningSessions {
  const open = new Map<string, { readonly userId: string; expiresAt: number }>();
  const cookie = (request: Request, value: string, rest = ''): string =>
    `${cookieName(request)}=${value}; Path=/; HttpOnly; SameSite=Strict${rest}`;
  return {
    open(userId, request) {
      const token = randomBytes(30).toString('base64url');
      open.set(token, { userId, expiresAt: org.clock.now() + IDLE_MILLISECONDS });
      return cookie(request, token);
    },
    of(request) {
      const token = tokenOf(request) ?? '';
      const session = open.get(token);
      const now = org.clock.now();
      if (!session || session.expiresAt <= now) {
        open.delete(token);
        return undefined;
      }
      session.expiresAt = now + IDLE_MILLISECONDS;
      return { userId: session.userId, token, origin: 'com/salesforce/lightning/66.0' };
    },
    close(request) {
      open.delete(tokenOf(request) ?? '');
      return cookie(request, '', '; Max-Age=0');
    },
  };
}
