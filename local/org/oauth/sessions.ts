import { randomBytes } from 'node:crypto';
import type { Org } from '../core/index.ts';

/** Where a session comes from. */
export interface SessionSource {
  /** The token ends with this one. */
  readonly refreshToken?: string | undefined;
  /** Client ID of the app that the token was given to; its API requests are counted. */
  readonly clientId?: string | undefined;
  /** A Lightning page's own session, which the APIs refuse. */
  readonly page?: boolean;
}

/** The access tokens of one org. */
export interface Sessions {
  /** A new access token of a user: `<15 characters of the org>!<random>`. */
  issue(userId: string, source?: SessionSource): string;
  /**
   * The user of a token that is known, not revoked and not expired, and good for the APIs; using it puts its expiry
   * off.
   */
  authenticate(token: string): string | undefined;
  /** The user of a Lightning page's session. */
  authenticatePage(token: string): string | undefined;
  /** The app that a token was given to. */
  clientOf(token: string): string | undefined;
  /**
   * A refresh token that gives new access tokens to this app for this user. A user approves an app five times at most:
   * the sixth revokes the oldest.
   */
  issueRefresh(userId: string, clientId: string): string;
  /** Who a refresh token belongs to. */
  refresh(token: string): { readonly userId: string; readonly clientId: string } | undefined;
  /** Ends an access token, or a refresh token and the access tokens that came from it; false when it is not known. */
  revoke(token: string): boolean;
  /** Lets every access token expire now; returns how many. */
  expireAll(): number;
  /** Forgets every session and every approval, as in an org that was copied. */
  forgetAll(): void;
}

/** Session timeout of a new org: two hours without a request (Setup, Session Settings). */
const IDLE_MILLISECONDS = 2 * 60 * 60 * 1000;

/** Source: Salesforce Help, "Manage OAuth Access Policies": approvals of one user and app. */
const MOST_APPROVALS = 5;

interface OpenSession {
  readonly userId: string;
  readonly source: SessionSource;
  expiresAt: number;
}

/** The sessions of an org, on its clock. */
export function createSessions(org: Org): Sessions {
  const open = new Map<string, OpenSession>();
  const refreshTokens = new Map<string, { readonly userId: string; readonly clientId: string }>();
  const secret = (): string => randomBytes(60).toString('base64url').replace(/-/g, '.');
  const endRefresh = (token: string): boolean => {
    for (const [access, session] of open) if (session.source.refreshToken === token) open.delete(access);
    return refreshTokens.delete(token);
  };
  const use = (token: string, page: boolean): string | undefined => {
    const session = open.get(token);
    if (!session || (session.source.page ?? false) !== page) return undefined;
    const now = org.clock.now();
    if (session.expiresAt <= now) {
      open.delete(token);
      return undefined;
    }
    session.expiresAt = now + IDLE_MILLISECONDS;
    return session.userId;
  };
  return {
    issue(userId, source = {}) {
      const token = `${org.id.slice(0, 15)}!AQ${secret()}`;
      open.set(token, { userId, source, expiresAt: org.clock.now() + IDLE_MILLISECONDS });
      return token;
    },
    authenticate: (token) => use(token, false),
    authenticatePage: (token) => use(token, true),
    clientOf: (token) => open.get(token)?.source.clientId,
    issueRefresh(userId, clientId) {
      const approvals = [...refreshTokens].filter(([, own]) => own.userId === userId && own.clientId === clientId);
      const oldest = approvals[0];
      if (oldest && approvals.length >= MOST_APPROVALS) endRefresh(oldest[0]);
      const token = `5Aep861${secret()}`;
      refreshTokens.set(token, { userId, clientId });
      return token;
    },
    refresh: (token) => refreshTokens.get(token),
    revoke: (token) => endRefresh(token) || open.delete(token),
    expireAll() {
      const count = open.size;
      open.clear();
      return count;
    },
    forgetAll() {
      open.clear();
      refreshTokens.clear();
    },
  };
}
