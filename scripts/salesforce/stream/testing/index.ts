import type { Clock, StreamEvent } from '../../../engine/index.ts';
import type { OpenTopic, ReplayId, TopicEvent } from '../topic.ts';

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

/** A clock that stands still until it is moved. */
export function createManualClock(): Clock & { advance(milliseconds: number): Promise<void> } {
  let now = Date.parse('2026-11-21T10:00:00Z');
  const waiting = new Set<{ readonly at: number; readonly resolve: () => void }>();
  return {
    now: () => now,
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          waiting.delete(item);
          reject(new Error('stopped'));
        };
        const item = {
          at: now + milliseconds,
          resolve: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (signal?.aborted) return stop();
        waiting.add(item);
        signal?.addEventListener('abort', stop);
      });
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const next = [...waiting].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0];
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.resolve();
      }
      now = end;
      await settle();
    },
  };
}

/** One opening of a topic, in the hands of a test. */
export interface Opening {
  readonly topic: string;
  readonly after: ReplayId | undefined;
  send(event: TopicEvent): void;
  end(): void;
  fail(error: Error): void;
}

/** Topics that bring what a test sends; `openings` are all that were opened, `latest` the last of a topic. */
export function createTestTopics(): {
  readonly open: OpenTopic;
  readonly openings: Opening[];
  latest(topic: string): Opening;
} {
  const openings: Opening[] = [];
  async function* open(topic: string, after: ReplayId | undefined, signal: AbortSignal): AsyncGenerator<TopicEvent> {
    const sent: TopicEvent[] = [];
    let error: Error | undefined;
    let ended = false;
    let arrived = Promise.withResolvers<void>();
    const wake = (): void => arrived.resolve();
    signal.addEventListener('abort', wake);
    openings.push({
      topic,
      after,
      send(event) {
        sent.push(event);
        wake();
      },
      end() {
        ended = true;
        wake();
      },
      fail(failure) {
        error = failure;
        wake();
      },
    });
    for (;;) {
      const event = sent.shift();
      if (signal.aborted) return;
      if (event !== undefined) yield event;
      else if (error !== undefined) throw error;
      else if (ended) return;
      else {
        await arrived.promise;
        arrived = Promise.withResolvers<void>();
      }
    }
  }
  return {
    open,
    openings,
    latest(topic) {
      const found = openings.findLast((opening) => opening.topic === topic);
      if (found === undefined) throw new Error(`${topic} was never opened`);
      return found;
    },
  };
}

/** Reads a stream in the background; `events` are what it brought so far. */
export function follow(stream: AsyncIterable<StreamEvent>): {
  readonly events: StreamEvent[];
  readonly ended: Promise<void>;
} {
  const events: StreamEvent[] = [];
  const ended = (async () => {
    for await (const event of stream) events.push(event);
  })();
  return { events, ended };
}
