import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

import { SettingsError, type Clock } from '../../engine/index.ts';
import type { Session } from '../connection/index.ts';
import { compilePayload, type ReadPayload } from './payload.ts';
import { streamError } from './refusals.ts';
import type { OpenTopic, ReplayId, TopicEvent } from './topic.ts';

export interface PubSubConnection {
  /** `api.pubsub.salesforce.com:7443`, or the local org's. */
  readonly endpoint: string;
  /** 18 characters. */
  readonly organizationId: string;
  /** Asked before each stream, so that a renewed session is used. */
  readonly session: () => Promise<Session>;
  /** In place of the session's own, which must begin with https://. */
  readonly instanceUrl?: string;
  /** Certificates to trust in place of the public ones, in PEM: the local org's. Verification is never off. */
  readonly caFile?: string;
  readonly clock: Clock;
}

interface FetchResponse {
  readonly events?: readonly {
    readonly event: { readonly schemaId: string; readonly payload: Buffer };
    readonly replayId: Buffer;
  }[];
  readonly latestReplayId: Buffer;
  readonly pendingNumRequested?: number;
}

type SubscribeStream = grpc.ClientDuplexStream<object, FetchResponse>;

interface PubSubClient {
  close(): void;
  Subscribe(): SubscribeStream;
  GetSchema(
    request: { schemaId: string },
    callback: grpc.requestCallback<{ schemaJson: string }>,
  ): grpc.ClientUnaryCall;
}

/** Source: Pub/Sub API guide: more are not outstanding in one stream. */
const mostOutstanding = 100;
/** Notices a connection that died without a word. */
const keepAlive = { 'grpc.keepalive_time_ms': 60_000, 'grpc.keepalive_timeout_ms': 20_000 };

/**
 * Topics of an org over gRPC, each stream on a connection of its own, that is closed with it.
 * Throws `SettingsError` when `caFile` cannot be read. The messages come from the proto file in `salesforce-pubsub-api-client`; its client is not used, because closing it
 * leaves its streams open, which goes on counting deliveries, and a stream that ends then throws in the void.
 */
export function createPubSubTopics(connection: PubSubConnection): OpenTopic {
  const PubSub = loadClient();
  const roots = connection.caFile === undefined ? null : readRoots(connection.caFile);
  const payloads = new Map<string, ReadPayload>();

  return async function* openTopic(topic, after, signal) {
    const client = new PubSub(
      connection.endpoint,
      await credentialsOf(connection, roots),
      keepAlive,
    ) as unknown as PubSubClient;
    const stream = client.Subscribe();
    const cancel = (): void => stream.cancel();
    signal.addEventListener('abort', cancel);
    // An error after the loop below has ended, such as that of cancelling, has nobody to tell.
    stream.on('error', () => undefined);
    try {
      stream.write({ topicName: topic, numRequested: mostOutstanding, ...placeOf(after) });
      for await (const response of stream as AsyncIterable<FetchResponse>) {
        yield* eventsOf(response, (schemaId) => payloadOf(client, payloads, schemaId));
        const pending = response.pendingNumRequested ?? 0;
        if (pending <= mostOutstanding / 2) stream.write({ topicName: topic, numRequested: mostOutstanding - pending });
      }
    } catch (error) {
      if (!signal.aborted) throw streamError(error, topic, connection.clock.now());
    } finally {
      signal.removeEventListener('abort', cancel);
      stream.cancel();
      client.close();
    }
  };
}

async function* eventsOf(
  { events = [], latestReplayId }: FetchResponse,
  payloadFor: (schemaId: string) => Promise<ReadPayload>,
): AsyncGenerator<TopicEvent> {
  for (const { event, replayId } of events)
    yield (await payloadFor(event.schemaId))(event.payload, replayId.toString('hex'));
  if (events.length === 0) yield { kind: 'silence', replayId: latestReplayId.toString('hex') };
}

function placeOf(after: ReplayId | undefined): object {
  return after === undefined
    ? { replayPreset: 'LATEST' }
    : { replayPreset: 'CUSTOM', replayId: Buffer.from(after, 'hex') };
}

async function payloadOf(
  client: PubSubClient,
  known: Map<string, ReadPayload>,
  schemaId: string,
): Promise<ReadPayload> {
  const payload = known.get(schemaId);
  if (payload !== undefined) return payload;
  const { schemaJson } = await new Promise<{ schemaJson: string }>((resolve, reject) => {
    client.GetSchema({ schemaId }, (error, answer) => {
      if (answer !== undefined) resolve(answer);
      else reject(error ?? new Error(`no answer for schema ${schemaId}`));
    });
  });
  const compiled = compilePayload(schemaJson);
  known.set(schemaId, compiled);
  return compiled;
}

async function credentialsOf(connection: PubSubConnection, roots: Buffer | null): Promise<grpc.ChannelCredentials> {
  const { accessToken, instanceUrl } = await connection.session();
  const metadata = new grpc.Metadata();
  metadata.set('accesstoken', accessToken);
  metadata.set('instanceurl', connection.instanceUrl ?? instanceUrl);
  metadata.set('tenantid', connection.organizationId);
  return grpc.credentials.combineChannelCredentials(
    grpc.credentials.createSsl(roots),
    grpc.credentials.createFromMetadataGenerator((_, callback) => callback(null, metadata)),
  );
}

function readRoots(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new SettingsError(
      `The certificates to trust for the change stream cannot be read: ${file}`,
      ['Name a PEM file that exists.'],
      {
        cause: error,
      },
    );
  }
}

function loadClient(): grpc.ServiceClientConstructor {
  const file = fileURLToPath(new URL('../pubsub_api.proto', import.meta.resolve('salesforce-pubsub-api-client')));
  const service = loadSync(file, { enums: String, longs: Number })['eventbus.v1.PubSub'];
  if (service === undefined) throw new Error(`${file} has no service eventbus.v1.PubSub`);
  return grpc.makeClientConstructor(service as grpc.ServiceDefinition, 'PubSub');
}
