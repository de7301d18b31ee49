import type { FollowedSource, Random, RecordClient, SyncConfiguration, Target, WriteLimits } from '../engine/index.ts';
import { createChannelDescriber, createSalesforceClient, readApexResource } from './client.ts';
import { createChannel, type Channel, type ChannelOptions } from './connection/index.ts';
import type { Describer } from './describe.ts';
import { createSource, type SourceOptions } from './source/index.ts';
import { createTarget } from './target/index.ts';

export * from './auth/index.ts';
export { checkRights, ownMissingRights, rightsSetName, type RightsReport } from './rights/index.ts';
export { deployFiles, fieldPackage, shapeWords } from './metadata/index.ts';
export type { Login } from './connection/index.ts';

/** One org, as one user: its records, and it as a source and a target of records. */
export interface Salesforce {
  readonly channel: Channel;
  readonly describer: Describer;
  readonly client: RecordClient;
  readonly source: FollowedSource;
  /** A command's answer as this user may see it, from the package's Apex. */
  readAnswer(commandId: string): Promise<unknown>;
  /** The org as the target of one sync. `limits`: what the sync's system never lets any sync write. */
  targetOf(sync: SyncConfiguration, limits: WriteLimits | undefined): Target;
}

export interface SalesforceOptions extends ChannelOptions, SourceOptions {
  /** For the pauses between tries; `Math.random` when absent. */
  readonly random?: Random;
}

/** Nothing is asked of the org before the first call. */
export function connectSalesforce(options: SalesforceOptions): Salesforce {
  const channel = createChannel(options);
  const describer = createChannelDescriber(channel);
  const client = createSalesforceClient(channel, describer);
  const ports = { channel, describer, client, random: options.random ?? Math.random };
  return {
    channel,
    describer,
    client,
    source: createSource(channel, describer, options),
    readAnswer: (id) => readApexResource(channel, `/plumbline/answers/${id}`, 'the answer of the worker'),
    targetOf: (sync, limits) => createTarget(ports, sync, limits),
  };
}
