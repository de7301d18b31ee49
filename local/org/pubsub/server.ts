import { randomUUID } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';
import type { Org, OrgClock, Session } from '../core/index.ts';
import type { EventBus } from './bus.ts';
import { makeCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { Codecs } from './codec.ts';
import { PubSubError, topicNotFound } from './errors.ts';
import { toServiceError } from './failures.ts';
import { publish } from './publishing.ts';
import { managedStream, plainStream } from './streams.ts';
import { Subscription, type StreamCall, type StreamKind } from './subscription.ts';
import { allChanges, isCustomChannel, objectOfChangeEvent, platformEventOf } from './topics.ts';
import {
  pubSubService,
  type FetchRequest,
  type ManagedFetchRequest,
  type PublishRequest,
  type PublishResponse,
  type SchemaRequest,
  type TopicRequest,
} from './wire.ts';

export interface PubSubOptions {
  readonly bus: EventBus;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Where the certificate and its key are written. */
  readonly tlsDirectory: string;
  /** The session of an access token; undefined when it is not, or no longer, good. */
  readonly authenticate: (token: string) => Session | undefined;
  readonly clock: OrgClock;
}

export interface PubSub {
  /** `localhost:<port>` */
  readonly endpoint: string;
  readonly caFile: string;
  readonly certificate: Certificate;
  /** What clients give as `instanceurl`. */
  readonly instanceUrl: string;
  /** Subscriptions that are open. */
  readonly streams: number;
  /** Ends every open stream, as the platform does now and then. */
  dropStreams(): void;
  close(): Promise<void>;
}

type UnaryCall<Request> = grpc.ServerUnaryCall<Request, unknown>;
type PublishStreamCall = grpc.ServerDuplexStream<PublishRequest, PublishResponse>;

/** Source: Pub/Sub API guide, PublishStream. */
const publishStreamMilliseconds = 70_000;

/** Serves an org's events over gRPC and TLS on 127.0.0.1, as the Pub/Sub API does. */
export async function startPubSub(org: Org, options: PubSubOptions): Promise<PubSub> {
  const { bus, clock } = options;
  const codecs = new Codecs(org.schema);
  const open = new Set<{ drop(): void }>();
  const authenticate = (metadata: grpc.Metadata): Session => sessionOf(org, options.authenticate, metadata);

  const stream = <Request extends { readonly numRequested: number }>(
    call: StreamCall<Request>,
    kind: StreamKind<Request>,
  ): void => {
    const check = (): Session => authenticate(call.metadata);
    const subscription = new Subscription(call, { kind, codecs, clock, rpcId: randomUUID(), authenticate: check });
    open.add(subscription);
    call.on('close', () => open.delete(subscription));
  };

  const server = new grpc.Server();
  server.addService(pubSubService(), {
    GetTopic: unary(authenticate, ({ topicName }: TopicRequest, _, rpcId) => {
      if (!bus.hasTopic(topicName)) throw topicNotFound(org.id, topicName);
      const event = platformEventOf(org.schema, topicName);
      const canPublish = event !== undefined;
      const object = event?.name ?? objectOfChangeEvent(topicName.slice('/data/'.length));
      // A channel of several objects has no schema of its own: each event names its own.
      const schemaId = topicName === allChanges || isCustomChannel(topicName) ? '' : codecs.schemaId(object);
      return {
        topicName,
        tenantGuid: `CORE/local/${org.id}`,
        canPublish,
        canSubscribe: true,
        schemaId,
        rpcId,
      };
    }),
    GetSchema: unary(authenticate, ({ schemaId }: SchemaRequest, _, rpcId) => ({
      schemaJson: codecs.schemaJson(schemaId),
      schemaId,
      rpcId,
    })),
    Publish: unary(authenticate, (request: PublishRequest, session, rpcId) =>
      publish(request, { org, bus, codecs, session, rpcId }),
    ),
    Subscribe: (call: StreamCall<FetchRequest>) => stream(call, plainStream(org, bus)),
    PublishStream(call: PublishStreamCall) {
      const rpcId = randomUUID();
      let cancel = clock.after(publishStreamMilliseconds, () => call.end());
      call.on('data', (request: PublishRequest) => {
        cancel();
        cancel = clock.after(publishStreamMilliseconds, () => call.end());
        try {
          call.write(publish(request, { org, bus, codecs, session: authenticate(call.metadata), rpcId }));
        } catch (error) {
          call.emit('error', toServiceError(error, rpcId));
        }
      });
      call.on('close', () => cancel());
      call.on('end', () => call.end());
    },
    ManagedSubscribe: (call: StreamCall<ManagedFetchRequest>) => stream(call, managedStream(org, bus)),
  });

  const made = await makeCertificate(options.tlsDirectory);
  const { key, certificate, caFile } = made;
  const credentials = grpc.ServerCredentials.createSsl(null, [{ private_key: key, cert_chain: certificate }]);
  const port = await listen(server, `127.0.0.1:${options.port}`, credentials);
  // By name: a TLS server name must not be an address.
  const endpoint = `localhost:${port}`;
  return {
    endpoint,
    caFile,
    certificate: made,
    instanceUrl: `https://${endpoint}`,
    get streams() {
      return open.size;
    },
    dropStreams() {
      for (const subscription of open) subscription.drop();
    },
    async close() {
      server.forceShutdown();
    },
  };
}

function listen(server: grpc.Server, address: string, credentials: grpc.ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  });
}

function unary<Request>(
  authenticate: (metadata: grpc.Metadata) => Session,
  answer: (request: Request, session: Session, rpcId: string) => unknown,
): (call: UnaryCall<Request>, callback: grpc.sendUnaryData<unknown>) => void {
  return (call, callback) => {
    const rpcId = randomUUID();
    try {
      callback(null, answer(call.request, authenticate(call.metadata), rpcId));
    } catch (error) {
      callback(toServiceError(error, rpcId));
    }
  };
}

/** Throws `PubSubError` UNAUTHENTICATED unless token, instance URL and org ID are all there and right. */
function sessionOf(org: Org, authenticate: PubSubOptions['authenticate'], metadata: grpc.Metadata): Session {
  const value = (name: string): string => String(metadata.get(name)[0] ?? '');
  const wrong = (what: string): PubSubError =>
    new PubSubError('UNAUTHENTICATED', 'service.auth.error', `Authentication exception occurred. ${what}`);
  const tenant = value('tenantid');
  if (tenant !== org.id && tenant !== org.id.slice(0, 15)) throw wrong('tenantid is not the ID of this org');
  if (!value('instanceurl').startsWith('https://')) throw wrong('instanceurl must begin with https://');
  const session = authenticate(value('accesstoken'));
  if (session === undefined) throw wrong('accesstoken is not valid');
  return session;
}
