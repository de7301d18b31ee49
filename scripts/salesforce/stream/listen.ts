import {
  PlumblineError,
  PositionLostError,
  type ChangeStream,
  type Clock,
  type Random,
  type StreamEvent,
} from '../../engine/index.ts';
import { clientName } from '../connection/index.ts';
import { Allowance, type ReadDeliveries } from './allowance.ts';
import { pauseAfter } from './back-off.ts';
import { merge } from './merge.ts';
import { Standings, type Standing } from './standing.ts';
import { changeTopic, doorbellTopic, type OpenTopic, type ReplayId, type TopicEvent } from './topic.ts';

export interface ChangeStreamOptions {
  readonly open: OpenTopic;
  readonly clock: Clock;
  readonly random: Random;
  /** Asked now and then; streams are closed while 80% or more are used. Absent: nobody asks. */
  readonly deliveries?: ReadDeliveries;
}

type Emit = (event: StreamEvent) => Promise<void>;

/** A stream that was not refused within this time, in milliseconds, counts as open before its first event. */
const quietMilliseconds = 2_000;
/** In the place of record IDs of an overflow; source: Change Data Capture guide. */
const overflowId = '000000000000000AAA';
const commands = 'commands';

/** Listens to the changes of objects and to the doorbell, each topic apart, and opens again what failed. */
export function createChangeStream(options: ChangeStreamOptions): ChangeStream {
  return {
    listen(objects, signal) {
      const { clock, deliveries } = options;
      const allowance = deliveries === undefined ? undefined : new Allowance(clock, deliveries);
      const shared = { ...options, allowance, standings: new Standings([commands, ...objects]) };
      const follow = (topic: string, name: string) => (emit: Emit, inner: AbortSignal) =>
        new Follower(shared, { topic, name, emit }).run(inner);
      const watch = (_: Emit, inner: AbortSignal) => allowance?.watch(inner) ?? Promise.resolve();
      const changes = objects.map((object) => follow(changeTopic(object), object));
      return merge<StreamEvent>([follow(doorbellTopic, commands), ...changes, watch], signal);
    },
  };
}

interface Shared extends ChangeStreamOptions {
  readonly allowance: Allowance | undefined;
  readonly standings: Standings;
}

interface Followed {
  readonly topic: string;
  /** The object, or `commands`. */
  readonly name: string;
  readonly emit: Emit;
}

/** Follows one topic for as long as its signal lets it. */
class Follower {
  readonly #shared: Shared;
  readonly #followed: Followed;
  #place: ReplayId | undefined;
  #failures = 0;

  constructor(shared: Shared, followed: Followed) {
    this.#shared = shared;
    this.#followed = followed;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, allowance } = this.#shared;
    for (let first = true; !signal.aborted; first = false) {
      // Opened again with no place to resume from, it has missed what came in between.
      if (!first && this.#place === undefined) await this.#gap();
      const ended = allowance?.refusal ?? (await this.#attempt(signal));
      if (signal.aborted) return;
      const error = allowance?.refusal ?? ended;
      if (error instanceof PositionLostError && this.#place !== undefined) {
        this.#place = undefined;
        continue;
      }
      await this.#stand({ kind: 'closed', why: error?.message ?? 'the org ended the stream; it is opened again.' });
      await sleep(clock, pauseAfter(error, this.#failures++, clock.now(), random), signal);
    }
  }

  /** Reads until the stream ends; answers why it did, unless it just ended. */
  async #attempt(signal: AbortSignal): Promise<PlumblineError | undefined> {
    const { open, allowance } = this.#shared;
    const attempt = new AbortController();
    const inner = AbortSignal.any([signal, attempt.signal, ...(allowance === undefined ? [] : [allowance.signal])]);
    const opened = this.#openWhenQuiet(inner);
    try {
      for await (const event of open(this.#followed.topic, this.#place, inner)) {
        this.#failures = 0;
        await this.#stand({ kind: 'open' });
        await this.#take(event);
        this.#place = event.replayId;
      }
      return undefined;
    } catch (error) {
      if (error instanceof PlumblineError) return error;
      throw error;
    } finally {
      attempt.abort();
      await opened;
    }
  }

  async #openWhenQuiet(signal: AbortSignal): Promise<void> {
    await sleep(this.#shared.clock, quietMilliseconds, signal);
    if (!signal.aborted) await this.#stand({ kind: 'open' });
  }

  async #take(event: TopicEvent): Promise<void> {
    if (event.kind === 'silence') return;
    if (event.kind === 'unreadable') return this.#gap();
    const { emit, name } = this.#followed;
    if (event.kind === 'doorbell') return emit({ kind: 'doorbell', commandId: event.commandId });
    if (isOurs(event)) return;
    if (event.changeType === 'GAP_OVERFLOW' || event.recordIds.includes(overflowId)) return this.#gap();
    return emit({
      kind: 'changed',
      object: name,
      ids: event.recordIds,
      stamp: event.commitTimestamp,
      deleted: event.changeType === 'DELETE' || event.changeType === 'GAP_DELETE',
    });
  }

  /** Commands are polled by their own beat: a doorbell that was missed is no gap. */
  async #gap(): Promise<void> {
    const { emit, name } = this.#followed;
    if (name !== commands) await emit({ kind: 'gap', object: name });
  }

  async #stand(standing: Standing): Promise<void> {
    const { standings } = this.#shared;
    const { emit, name } = this.#followed;
    if (standings.set(name, standing))
      await emit({ kind: 'state', listening: standings.listening, detail: standings.detail });
  }
}

/**
 * N-14: what this worker wrote need not be hurried back to it: one event for each 200 records would cost more calls than
 * writing them did. The next poll meets them, and with them whatever an automation changed beside.
 */
function isOurs({ changeOrigin }: Extract<TopicEvent, { readonly kind: 'change' }>): boolean {
  return changeOrigin?.endsWith(`;client=${clientName}`) === true;
}

/** Sleeps, or less when the signal is aborted. */
async function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
