import { randomBytes } from 'node:crypto';
import type { Org } from '../core/index.ts';

/** The access tokens of one org. */
export interface Sessions {
  /**
   * A new access token of a user: `<15 characters of the org>!<random>`. It ends with the refresh token that it came
   * from, if any.
   */
  issue(userId: string, refreshToken?: string): string;
  /** The user of a token that is known, not revoked and not expired; using it puts its expiry off. */
  authenticate(token: string): string | undefined;
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
}

/** Session timeout of a new org: two hours without a request (Setup, Session Settings). */
const IDLE_MILLISECONDS = 2 * 60 * 60 * 1000;

/** Source: Salesforce Help, "Manage OAuth Access Policies": approvals of one user and app. */
const MOST_APPROVALS = 5;

interface OpenSession {
  readonly userId: string;
  readonly refreshToken: string | undefined;
  expiresAt: number;
}

/** The sessions of an org, on its clock. */
export function createSessions(org: Org): Sessions {
  const open = new Map<string, OpenSession>();
  const refreshTokens = new Map<string, { readonly userId: string; readonly clientId: string }>();
  const secret = (): string => randomBytes(60).toString('base64url').replace(/-/g, '.');
  const endRefresh = (token: string): boolean => {
    for (const [access, session] of open) if (session.refreshToken === token) open.delete(access);
    return refreshTokens.delete(token);
  };
  return {
    issue(userId, refreshToken) {
      const token = `${org.id.slice(0, 15)}!AQ${secret()}`;
      open.set(token, { userId, refreshToken, expiresAt: org.clock.now() + IDLE_MILLISECONDS });
      return token;
    },
    authenticate(token) {
      const session = open.get(token);
      if (!session) return undefined;
      const now = org.clock.now();
      if (session.expiresAt <= now) {
        open.delete(token);
        return undefined;
      }
      session.expiresAt = now + IDLE_MILLISECONDS;
      return session.userId;
    },
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
  };
}
