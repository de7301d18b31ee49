import { createHash, randomBytes } from 'node:crypto';
import type { OrgClock } from '../core/index.ts';

/** What a user approved: the app may exchange the code for tokens. */
export interface Approval {
  readonly userId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Space-separated, as asked for. */
  readonly scope: string;
  /** SHA-256 of the code verifier, base64url; absent without PKCE. */
  readonly codeChallenge?: string;
}

/** The authorization codes of an org. */
export interface Codes {
  issue(approval: Approval): string;
  /** The approval behind a code, which is used up by it; `expired` after 15 minutes. */
  take(code: string): Approval | 'expired' | undefined;
}

/** Source: Salesforce Help, "OAuth 2.0 Web Server Flow": a code expires after 15 minutes. */
const LIFETIME = 15 * 60_000;

export function createCodes(clock: OrgClock): Codes {
  const open = new Map<string, { readonly approval: Approval; readonly endsAt: number }>();
  return {
    issue(approval) {
      const code = `aPrx${randomBytes(45).toString('base64url')}`;
      open.set(code, { approval, endsAt: clock.now() + LIFETIME });
      return code;
    },
    take(code) {
      const kept = open.get(code);
      open.delete(code);
      if (!kept) return undefined;
      return kept.endsAt > clock.now() ? kept.approval : 'expired';
    },
  };
}

/** The challenge of a code verifier: base64url of its SHA-256 (RFC 7636, S256, the only method of Salesforce). */
export function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}
