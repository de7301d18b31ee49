import type * as grpc from '@grpc/grpc-js';
import type { OrgClock, Session } from '../core/index.ts';
import type { BusEvent, Reader, Replay } from './bus.ts';
import type { Codecs } from './codec.ts';
import { PubSubError, replayIdCorrupted } from './errors.ts';
import { toServiceError } from './failures.ts';
import { replayIdFromBytes, replayIdToBytes, type FetchRequest, type FetchResponse } from './wire.ts';

export type SubscribeCall = grpc.ServerDuplexStream<FetchRequest, FetchResponse>;

export interface SubscriptionParts {
  /** Opens a topic for the caller; throws `PubSubError` when there is none that they can read. */
  readonly open: (session: Session, topic: string, replay: Replay) => Reader;
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
 * Serves one Subscribe stream: sends events as far as they were requested, and an empty answer when it was silent for
 * 270 seconds. The topic and the place to start are those of the first request.
 */
export class Subscription {
  readonly #call: SubscribeCall;
  readonly #parts: SubscriptionParts;
  readonly #ended = new AbortController();
  #reader: Reader | undefined;
  #topic = '';
  #pending = 0;
  #sending = false;
  #cancelKeepAlive: () => void = () => undefined;

  constructor(call: SubscribeCall, parts: SubscriptionParts) {
    this.#call = call;
    this.#parts = parts;
    call.on('data', (request: FetchRequest) => this.#guard(() => this.#take(request)));
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

  #take(request: FetchRequest): void {
    const session = this.#parts.authenticate();
    if (request.numRequested < 1) {
      throw new PubSubError(
        'INVALID_ARGUMENT',
        'subscription.fetch.requested.events.invalid',
        'num_requested must be at least 1',
      );
    }
    if (this.#reader === undefined) {
      this.#topic = request.topicName;
      this.#reader = this.#parts.open(session, request.topicName, replayOf(request));
    } else if (request.topicName !== '' && request.topicName !== this.#topic) {
      throw new PubSubError(
        'INVALID_ARGUMENT',
        'subscription.fetch.topic.invalid',
        'The topic of a stream cannot change',
      );
    }
    this.#pending = Math.min(mostOutstanding, this.#pending + request.numRequested);
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

  #answer(events: readonly BusEvent[], reader: Reader): void {
    this.#pending -= events.length;
    this.#call.write({
      events: events.map((event) => ({
        event: { id: event.id, ...this.#parts.codecs.encode(event) },
        replayId: replayIdToBytes(event.replayId),
      })),
      latestReplayId: replayIdToBytes(events.at(-1)?.replayId ?? reader.replayId),
      rpcId: this.#parts.rpcId,
      pendingNumRequested: this.#pending,
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

function replayOf(request: FetchRequest): Replay {
  if (request.replayPreset === 'LATEST') return { preset: 'latest' };
  if (request.replayPreset === 'EARLIEST') return { preset: 'earliest' };
  const replayId = replayIdFromBytes(request.replayId);
  if (replayId === undefined) throw replayIdCorrupted(request.topicName);
  return { preset: 'custom', replayId };
}
