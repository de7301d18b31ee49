import { CredentialsError, RetryError, SettingsError } from '../../engine/index.ts';
import { createCaller as createKitCaller, type Caller as KitCaller, type CallerOptions } from '../kit/index.ts';

/** What Pendo says of a request that it does not take. */
export interface Refusal {
  readonly status: number;
  /** As it came: JSON or plain words. It may quote values, so it is looked into and never passed on. */
  readonly text: string;
}

/** Pendo's API with one integration key. */
export type Caller = KitCaller<Refusal>;

/** Says that IDs in the path are written in base64, since they would not survive in a URL. */
export const base64Path = { 'x-pendo-base64-encoded-params': 'true' } as const;

export function createCaller(
  options: CallerOptions & { readonly integrationKey: string; readonly connection: string },
): Caller {
  return createKitCaller(options, {
    system: 'Pendo',
    headers: { 'x-pendo-integration-key': options.integrationKey },
    refusalOf: ({ status, text }) => (status >= 200 && status < 300 ? undefined : { status, text }),
    isLimit: ({ status, text }) => status === 429 || (status === 403 && /rateLimit/i.test(text)),
    // A wrong, revoked or foreign key gets a 403 without a word, a read-only one that writes perhaps with one.
    credentialsError: ({ status }) => (status === 401 || status === 403 ? notAccepted(options.connection) : undefined),
    refusalError,
  });
}

/** An error for a refusal that concerns the request as a whole. */
function refusalError({ status }: Refusal, path: string): RetryError | SettingsError {
  if (status === 408) return new RetryError('Pendo needed longer than the five minutes it allows.', []);
  const where = path.split('?')[0];
  return new SettingsError(`Pendo refused ${where} with status ${status}.`, [
    'Check the region in the settings of this connection, and the object and fields of its syncs.',
  ]);
}

function notAccepted(connection: string): CredentialsError {
  return new CredentialsError(`Pendo does not accept the integration key of the connection "${connection}".`, [
    'Check that the key is not revoked, belongs to the region in the settings, and has write access.',
    'Make one in Pendo, Settings, Integrations, Integration keys, with write access, and give it to Plumbline.',
  ]);
}
