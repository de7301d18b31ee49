import type * as grpc from '@grpc/grpc-js';
import type { OrgClock, Session } from '../core/index.ts';
import type { BusEvent } from './bus-event.ts';
import type { Reader } from './bus.ts';
import type { Codecs } from './codec.ts';
import { PubSubError } from './errors.ts';
import { toServiceError } from './failures.ts';
import { replayIdToBytes, type CommitReplayResponse, type ManagedFetchResponse } from './wire.ts';

export type StreamCall<Request> = grpc.ServerDuplexStream<Request, ManagedFetchResponse>;

/** How the requests of one kind of stream are read. */
export interface StreamKind<Request> {
  /** Opens what the first request asks for; throws `PubSubError` when there is none that the caller can read. */
  open(session: Session, request: Request): Reader;
  /** Throws `PubSubError` for a later request that asks for another topic. */
  check(request: Request): void;
  /** What a request commits; absent: nothing. */
  commit(request: Request): CommitReplayResponse | undefined;
}

export interface SubscriptionParts<Request> {
  readonly kind: StreamKind<Request>;
  readonly codecs: Codecs;
  readonly clock: OrgClock;
  readonly rpcId: string;
  /** Throws `PubSubError` when the caller may no longer read. */
  readonly authenticate: () => Session;
}

/** Source: Pub/Sub API guide: events outstanding in a stream, and the longest silence of the server. */
const mostOutstanding = 100;
const keepAliveMilliseconds = 270_000;

/**
 * Serves one stream: sends events as far as they were requested, and an empty answer when it was silent for
 * 270 seconds. The topic and the place to start are those of the first request.
 */
export class Subscription<Request extends { readonly numRequested: number }> {
  readonly #call: StreamCall<Request>;
  readonly #parts: SubscriptionParts<Request>;
  readonly #ended = new AbortController();
  #reader: Reader | undefined;
  #pending = 0;
  #sending = false;
  #cancelKeepAlive: () => void = () => undefined;

  constructor(call: StreamCall<Request>, parts: SubscriptionParts<Request>) {
    this.#call = call;
    this.#parts = parts;
    call.on('data', (request: Request) => this.#guard(() => this.#take(request)));
    call.on('end', () => {
      this.#stop();
      call.end();
    });
    call.on('cancelled', () => this.#stop());
    call.on('error', () => this.#stop());
  }

  /** Ends the stream as a server does that goes away. */
  drop(): void {
    this.#fail(new PubSubError('UNAVAILABLE', 'service.unavailable', 'The stream was closed by the server'));
  }

  #take(request: Request): void {
    const { kind, authenticate } = this.#parts;
    const session = authenticate();
    if (this.#reader === undefined) this.#reader = kind.open(session, request);
    else kind.check(request);
    const commit = kind.commit(request);
    if (commit !== undefined) this.#answer([], this.#reader, commit);
    else if (request.numRequested < 1) {
      throw new PubSubError(
        'INVALID_ARGUMENT',
        'subscription.fetch.requested.events.invalid',
        'num_requested must be at least 1',
      );
    }
    this.#pending = Math.min(mostOutstanding, this.#pending + Math.max(0, request.numRequested));
    this.#keepAlive();
    if (!this.#sending) void this.#send(this.#reader);
  }

  async #send(reader: Reader): Promise<void> {
    this.#sending = true;
    try {
      while (this.#pending > 0 && !this.#ended.signal.aborted) {
        const events = reader.read(this.#pending);
        if (events.length > 0) this.#answer(events, reader);
        else await reader.wait(this.#ended.signal);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#sending = false;
  }

  #answer(events: readonly BusEvent[], reader: Reader, commitResponse?: CommitReplayResponse): void {
    this.#pending -= events.length;
    this.#call.write({
      events: events.map((event) => ({
        event: { id: event.id, ...this.#parts.codecs.encode(event) },
        replayId: replayIdToBytes(event.replayId),
      })),
      latestReplayId: replayIdToBytes(events.at(-1)?.replayId ?? reader.replayId),
      rpcId: this.#parts.rpcId,
      pendingNumRequested: this.#pending,
      ...(commitResponse === undefined ? {} : { commitResponse }),
    });
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#cancelKeepAlive();
    if (this.#ended.signal.aborted) return;
    this.#cancelKeepAlive = this.#parts.clock.after(keepAliveMilliseconds, () => {
      if (this.#reader !== undefined) this.#answer([], this.#reader);
    });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#stop();
    this.#call.emit('error', toServiceError(error, this.#parts.rpcId));
  }

  #stop(): void {
    this.#cancelKeepAlive();
    this.#ended.abort();
  }
}
