import { verify, X509Certificate } from 'node:crypto';

/** The claims of a JWT bearer assertion. */
export interface Assertion {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

function decode(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The claims of an assertion, not yet verified; undefined when it is no RS256 JWT with the four claims. */
export function readAssertion(assertion: string): Assertion | undefined {
  const [header, payload] = assertion.split('.');
  const claims = decode(payload);
  if (decode(header)?.['alg'] !== 'RS256' || !claims) return undefined;
  const { iss, sub, aud, exp } = claims;
  const audience = Array.isArray(aud) ? (aud as unknown[])[0] : aud;
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof audience !== 'string') return undefined;
  const expiry = Number(exp);
  return Number.isFinite(expiry) ? { iss, sub, aud: audience, exp: expiry } : undefined;
}

/** Whether the key of this certificate (PEM) signed the assertion. */
export function isSignedBy(assertion: string, certificatePem: string): boolean {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const key = new X509Certificate(certificatePem).publicKey;
  return verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
}
