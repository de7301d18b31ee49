export const mask = '***';

/** Names whose values are never shown, compared without case and separators. */
const secretName =
  /^(authorization|proxyauthorization|cookie|setcookie|password|passphrase|assertion|apikey|.*(token|secret|integrationkey|apikey|privatekey|clientassertion|sessionid))$/;

const secretWord =
  '(?:access_?token|refresh_?token|id_?token|token|client_?secret|secret|api[-_]?key|password|passphrase|assertion|private_?key|x-pendo-integration-key|sid)';

/** What gives a secret or a person away in any text, and what is shown instead. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  [/\b(Bearer|Basic|OAuth)\s+[^\s"',;]+/gi, `$1 ${mask}`],
  [/\b(authorization["']?\s*[:=]\s*["']?)(?!(?:Bearer|Basic|OAuth)\s)[^\s"',;]+/gi, `$1${mask}`],
  [new RegExp(`(\\b${secretWord}["']?\\s*[:=]\\s*["']?)[^\\s"'&,;}]+`, 'gi'), `$1${mask}`],
  [/\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]+/g, mask],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, mask],
  [/(:\/\/)[^\s/@]+:[^\s/@]*@/g, `$1${mask}@`],
  // Keys of Iterable, and of others that are 16 random bytes in hex. Longer hex is a hash, which may be shown.
  [/(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])/gi, mask],
  [/[^\s"<>()[\],;:\\@]+@[^\s"'<>()[\]{},;:=/\\@]+\.[^\s"'<>()[\]{},;:=/\\@.]+/g, mask],
];

/** Masks tokens, keys, Authorization and emails in whatever is logged. */
export class Redactor {
  #secrets: readonly string[] = [];

  /** Masks this very text from now on, also as it stands in a URL; a text under 4 characters would mask half a log. */
  add(secret: string): void {
    if (secret.length < 4) return;
    const written = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    // The longest first, so that none hides the rest of one that contains it.
    this.#secrets = [...new Set([...this.#secrets, ...written])].sort((left, right) => right.length - left.length);
  }

  /** The text without the secrets that were added; what only looks like one stays. */
  secrets(text: string): string {
    return this.#secrets.reduce((shown, secret) => shown.replaceAll(secret, mask), text);
  }

  text(text: string): string {
    let shown = this.secrets(text);
    for (const [pattern, instead] of patterns) shown = shown.replace(pattern, instead);
    return shown;
  }

  /** A copy of the value with its texts masked, and all that stands under a secret's name. */
  value(value: unknown): unknown {
    return this.#value(value, new Set());
  }

  #value(value: unknown, above: ReadonlySet<object>): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (above.has(value)) return '[circular]';
    const path = new Set([...above, value]);
    if (value instanceof Error) return this.#error(value, path);
    if (value instanceof Date) return value;
    if (value instanceof URL) return this.text(value.href);
    if (value instanceof Headers || value instanceof Map) return this.#value(Object.fromEntries(value), path);
    if (value instanceof Set) return [...value].map((each) => this.#value(each, path));
    if (Array.isArray(value)) return value.map((each) => this.#value(each, path));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        this.text(name),
        secretName.test(name.toLowerCase().replaceAll(/[-_ .]/g, '')) ? mask : this.#value(each, path),
      ]),
    );
  }

  #error(error: Error, path: ReadonlySet<object>): unknown {
    const details = Object.entries(error).map(([name, each]) => [name, this.#value(each, path)]);
    return {
      name: error.name,
      message: this.text(error.message),
      ...(error.stack === undefined ? {} : { stack: this.text(error.stack) }),
      ...(error.cause === undefined ? {} : { cause: this.#value(error.cause, path) }),
      ...Object.fromEntries(details),
    };
  }
}
