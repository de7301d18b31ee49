import { z } from 'zod';
import { CredentialsError, SettingsError } from '../../engine/index.ts';
import { createCaller as createKitCaller, type Caller as KitCaller, type CallerOptions } from '../kit/index.ts';

/** What Iterable says of a request that it does not take. */
export interface Refusal {
  readonly status: number;
  /** Of Iterable's list of codes; empty when the body had none. */
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Iterable's API with one key. */
export type Caller = KitCaller<Refusal>;

const envelope = z.object({
  code: z.string().optional(),
  msg: z.string().optional(),
  params: z.record(z.string(), z.unknown()).nullish(),
});

export function createCaller(
  options: CallerOptions & { readonly apiKey: string; readonly connection: string },
): Caller {
  return createKitCaller(options, {
    system: 'Iterable',
    headers: { 'Api-Key': options.apiKey },
    refusalOf({ status, body }) {
      const told = envelope.safeParse(body).data;
      const code = told?.code ?? '';
      // A recorded 401 says "Success", so the status goes first.
      if (status >= 200 && status < 300 && (code === '' || code === 'Success')) return undefined;
      return { status, code, message: told?.msg ?? '', params: told?.params ?? {} };
    },
    isLimit: ({ status, code }) => status === 429 || code === 'RateLimitExceeded',
    credentialsError: (refusal) => credentialsError(refusal, options.connection),
    refusalError,
  });
}

/** An error for a refusal that concerns the request as a whole; Iterable's own sentence may quote a value. */
export function refusalError({ status, code }: Refusal, path: string): SettingsError {
  const where = path.split('?')[0];
  return new SettingsError(`Iterable refused ${where}: ${code || `status ${status}`}.`, [
    'Check the region and the identity in the settings of this connection.',
  ]);
}

const credentialCodes = new Set([
  'BadApiKey',
  'BadAuthorizationHeader',
  'Unauthorized',
  'InvalidJwtPayload',
  'JwtUserIdentifiersMismatched',
]);

function credentialsError({ status, code }: Refusal, connection: string): CredentialsError | undefined {
  if (status === 401 || credentialCodes.has(code)) {
    return new CredentialsError(`Iterable does not accept the API key of the connection "${connection}".`, [
      'Check that the key belongs to this project and to the data centre in the settings (US keys do not work in the EU).',
      'Make a server-side key in Iterable, Integrations, API Keys, and give it to Plumbline.',
    ]);
  }
  if (status === 403 || code === 'Forbidden') {
    return new CredentialsError(`The API key of the connection "${connection}" may not do this.`, [
      'Use a server-side key: mobile and web keys may not update users in bulk.',
    ]);
  }
  return undefined;
}
