import type { RecordClient, Source } from '../engine/index.ts';
import { createChannelDescriber, createSalesforceClient } from './client.ts';
import { createChannel, type Channel, type ChannelOptions } from './connection/index.ts';
import type { Describer } from './describe.ts';
import { createSource, type SourceOptions } from './source/index.ts';

export * from './auth/index.ts';
export type { Login } from './connection/index.ts';

/** One org, as one user: its records, and it as a source of records. */
export interface Salesforce {
  readonly channel: Channel;
  readonly describer: Describer;
  readonly client: RecordClient;
  readonly source: Source;
}

/** Nothing is asked of the org before the first call. */
export function connectSalesforce(options: ChannelOptions & SourceOptions): Salesforce {
  const channel = createChannel(options);
  const describer = createChannelDescriber(channel);
  return {
    channel,
    describer,
    client: createSalesforceClient(channel, describer),
    source: createSource(channel, describer, options),
  };
}
