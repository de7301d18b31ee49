/** What JWT login needs: the key stays with the worker, the certificate goes into the External Client App. */
export interface KeyPair {
  /** PKCS#8 PEM. A secret. */
  readonly privateKey: string;
  /** Self-signed X.509 certificate, PEM. */
  readonly certificate: string;
  /** Milliseconds since 1970; the org refuses the certificate afterwards. */
  readonly expiresAt: number;
}

const days = 86_400_000;

/**
 * Makes an RSA 2048 key and its self-signed certificate (SHA-256), valid for two years.
 * @param name Common name of the certificate, as Setup shows it: `plumbline-acme`.
 * @param now Milliseconds since 1970.
 */
export async function makeKeyPair(name: string, now: number): Promise<KeyPair> {
  // Loaded here, since only `connect` makes keys and the library takes a while to load.
  const { generate } = await import('selfsigned');
  const expiresAt = now + 730 * days;
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
    // A day back, so that an org whose clock is behind takes it at once.
    notBeforeDate: new Date(now - days),
    notAfterDate: new Date(expiresAt),
    extensions: [{ name: 'basicConstraints', cA: false }],
  });
  return { privateKey: made.private, certificate: made.cert, expiresAt };
}
