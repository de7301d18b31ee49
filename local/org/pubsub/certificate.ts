import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
  /** The certificate, for clients to trust. */
  readonly caFile: string;
}

/** Makes a certificate for 127.0.0.1 and writes it, with its key (0600), into `directory`. */
export async function makeCertificate(directory: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const caFile = join(directory, 'pubsub-ca.pem');
  const keyFile = join(directory, 'pubsub-key.pem');
  writeFileSync(caFile, made.cert);
  writeFileSync(keyFile, made.private, { mode: 0o600 });
  chmodSync(keyFile, 0o600);
  return { key: Buffer.from(made.private), certificate: Buffer.from(made.cert), caFile };
}
