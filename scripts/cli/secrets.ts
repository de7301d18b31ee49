import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SettingsError } from '../engine/index.ts';
import { secretVariable } from '../systems/kit/index.ts';

/** How the worker logs in to an org. */
const loginSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jwt'),
    clientId: z.string().min(1),
    username: z.string().min(1),
    privateKey: z.string().min(1),
    loginUrl: z.url(),
  }),
  z.strictObject({
    kind: z.literal('client-credentials'),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    loginUrl: z.url(),
  }),
]);

const fileSchema = z.strictObject({
  /** By the 18-character ID of the org. */
  orgs: z.record(
    z.string().length(18),
    z.strictObject({
      login: loginSchema.exactOptional(),
      /** By the name of the connection, then of the secret. */
      connections: z.record(z.string(), z.record(z.string(), z.string().min(1))).default({}),
    }),
  ),
});

export type StoredLogin = z.infer<typeof loginSchema>;
export type Secrets = z.infer<typeof fileSchema>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** `PLUMBLINE_SECRETS`, or `.plumbline/secrets.json` in the home folder. */
export function secretsFile(environment: Environment): string {
  return environment['PLUMBLINE_SECRETS'] ?? join(homedir(), '.plumbline', 'secrets.json');
}

/** Reads the file; empty when there is none. Throws `SettingsError` when others may read it, or it is not what it should be. */
export function readSecrets(file: string): Secrets {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return { orgs: {} };
  const mode = found.mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new SettingsError(`${file} can be read by others (mode ${mode.toString(8)}): its secrets are not used.`, [
      `Run: chmod 600 ${file}`,
      'Renew the secrets in it if others have had access to this machine.',
    ]);
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The parser's message quotes the text around the mistake, which may be a secret.
    if (error instanceof SyntaxError)
      throw new SettingsError(`${file} is not JSON.`, [`Correct ${file}, or connect again.`]);
    throw error;
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || 'the file');
  throw new SettingsError(`${file} does not hold secrets as they should be, at: ${places.join(', ')}.`, [
    `Correct ${file}, or connect again with: plumbline connect`,
  ]);
}

/** Changes the file in one step, readable by this user alone. */
export function writeSecrets(file: string, secrets: Secrets): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, file);
}

/**
 * The secret of a connection in an org, absent when there is none: from the environment first (`PLUMBLINE_ITERABLE_API_KEY`,
 * and `PLUMBLINE_ITERABLE_KEY` for short), then from the file, where it is bound to (org, connection): a copied org finds
 * none (K-40).
 */
export function secretOf(
  wanted: { readonly orgId: string; readonly connection: string; readonly secret: string },
  places: { readonly environment: Environment; readonly file: string },
): string | undefined {
  const variable = secretVariable(wanted.connection, wanted.secret);
  const short = variable.replace(/_[A-Z]+_KEY$/, '_KEY');
  for (const name of [variable, short]) {
    const given = places.environment[name];
    if (given !== undefined && given !== '') return given;
  }
  return readSecrets(places.file).orgs[wanted.orgId]?.connections[wanted.connection]?.[wanted.secret];
}
