import { z } from 'zod';
import { RetryError, type Transport } from '../engine/index.ts';

/** Where the change events of an org come from. */
export interface PubSubPlace {
  /** Host and port. */
  readonly endpoint: string;
  /** Certificate of the authority to trust, in PEM, in place of the public ones. */
  readonly caFile?: string;
  /** URL of the org as Pub/Sub is told it, in place of the session's own. */
  readonly instanceUrl?: string;
}

/** Source: Pub/Sub API guide, Pub/Sub API endpoints. */
const everywhere: PubSubPlace = { endpoint: 'api.pubsub.salesforce.com:7443' };

const told = z.object({
  pubsub: z.object({ endpoint: z.string(), caFile: z.string(), instanceUrl: z.string() }).nullable(),
});

/** Salesforce's own place; an org on this very machine is asked for its. Undefined when it has none. */
export async function findPubSub(instanceUrl: string, transport: Transport): Promise<PubSubPlace | undefined> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(instanceUrl).hostname)) return everywhere;
  const response = await transport(new Request(new URL('/.well-known/plumbline-local-org', instanceUrl)));
  const parsed = told.safeParse(response.ok ? await response.json() : undefined);
  if (!parsed.success) {
    throw new RetryError(`The org at ${instanceUrl} does not tell where its change events come from.`, [
      'Give --pubsub-endpoint and --pubsub-ca.',
    ]);
  }
  return parsed.data.pubsub ?? undefined;
}
