import { fileURLToPath } from 'node:url';
import type * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** The messages of `pubsub_api.proto`, as proto-loader brings them with defaults. */
export interface TopicRequest {
  readonly topicName: string;
}

export interface SchemaRequest {
  readonly schemaId: string;
}

export interface FetchRequest {
  readonly topicName: string;
  readonly replayPreset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replayId: Buffer;
  readonly numRequested: number;
}

export interface ConsumerEvent {
  readonly event: { readonly id: string; readonly schemaId: string; readonly payload: Buffer };
  readonly replayId: Buffer;
}

export interface FetchResponse {
  readonly events: readonly ConsumerEvent[];
  readonly latestReplayId: Buffer;
  readonly rpcId: string;
  readonly pendingNumRequested: number;
}

export interface ManagedFetchRequest {
  readonly subscriptionId: string;
  readonly developerName: string;
  readonly numRequested: number;
  readonly commitReplayIdRequest: CommitReplayRequest | null;
}

export interface CommitReplayRequest {
  readonly commitRequestId: string;
  readonly replayId: Buffer;
}

export interface CommitReplayResponse extends CommitReplayRequest {
  readonly error?: { readonly code: 'COMMIT'; readonly msg: string };
  /** Milliseconds since 1970. */
  readonly processTime: number;
}

/** With `commitResponse` on a stream of a managed subscription. */
export interface ManagedFetchResponse extends FetchResponse {
  readonly commitResponse?: CommitReplayResponse;
}

export interface PublishRequest {
  readonly topicName: string;
  readonly events: readonly { readonly id: string; readonly schemaId: string; readonly payload: Buffer }[];
}

export interface PublishResult {
  readonly replayId: Buffer;
  readonly correlationKey: string;
  readonly error?: { readonly code: 'UNKNOWN' | 'PUBLISH' | 'COMMIT'; readonly msg: string };
}

export interface PublishResponse {
  readonly results: readonly PublishResult[];
  readonly schemaId: string;
  readonly rpcId: string;
}

/** The service of the proto file, to be given to a gRPC server. */
export function pubSubService(): grpc.ServiceDefinition {
  const file = fileURLToPath(new URL('./pubsub_api.proto', import.meta.url));
  const loaded = loadSync(file, { defaults: true, enums: String, longs: Number });
  const service = loaded['eventbus.v1.PubSub'];
  if (service === undefined) throw new Error(`${file} has no service eventbus.v1.PubSub`);
  return service as grpc.ServiceDefinition;
}

/** A replay ID on the wire: eight bytes, big-endian. */
export function replayIdToBytes(replayId: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(replayId));
  return bytes;
}

/** Undefined for bytes that are no replay ID. */
export function replayIdFromBytes(bytes: Buffer): number | undefined {
  if (bytes.length !== 8) return undefined;
  const value = bytes.readBigUInt64BE();
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}
