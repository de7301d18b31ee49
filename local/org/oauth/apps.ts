import { createHash, X509Certificate } from 'node:crypto';
import { OrgError } from '../core/index.ts';

/** An external client app that may ask this org for tokens. */
export interface ClientApp {
  readonly clientId: string;
  /** Certificate (PEM) whose key signs the assertions of the JWT bearer flow; without it that flow is off. */
  readonly certificatePem?: string;
  /** What the org calls it: in `Sforce-Limit-Info` and `/limits`; the client ID when absent. */
  readonly name?: string;
  /** API requests that it may make in 24 hours; only the org's own limit counts when absent. */
  readonly dailyApiRequests?: number;
  /** Users that an administrator pre-authorised for this app. */
  readonly preAuthorisedUserIds: readonly string[];
  /** The user that the client credentials flow runs as; without it that flow is off. */
  readonly runAsUserId?: string;
  /** SHA-256 of the client secret, in hex: the org needs no secret in the clear. */
  readonly clientSecretHash?: string;
  /** Where the web server flow may send the user back to; without any, that flow is off. */
  readonly callbackUrls?: readonly string[];
  /** Whether the web server flow needs a code challenge (PKCE). */
  readonly requirePkce?: boolean;
}

/** The app of the `sf` CLI, which every org knows; it has no secret. */
const PLATFORM_CLI: ClientApp = {
  clientId: 'PlatformCLI',
  preAuthorisedUserIds: [],
  callbackUrls: ['http://localhost:1717/OauthRedirect'],
  requirePkce: true,
};

/** The apps of one org. */
export interface Apps {
  /** Adds an app, or replaces the one of the same client ID; throws `OrgError` when its certificate cannot be read. */
  register(app: ClientApp): void;
  find(clientId: string): ClientApp | undefined;
  all(): readonly ClientApp[];
}

/** SHA-256 of a client secret, in hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function createApps(initial: readonly ClientApp[] = []): Apps {
  const apps = new Map([PLATFORM_CLI, ...initial].map((app) => [app.clientId, app]));
  return {
    register(app) {
      if (app.certificatePem !== undefined) {
        try {
          new X509Certificate(app.certificatePem);
        } catch (error) {
          throw new OrgError(
            400,
            'INVALID_CERTIFICATE',
            `The certificate of app ${app.clientId} is no X.509 PEM: ${String(error)}`,
          );
        }
      }
      apps.set(app.clientId, app);
    },
    find: (clientId) => apps.get(clientId),
    all: () => [...apps.values()],
  };
}
