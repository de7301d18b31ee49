import type { LocalOrg } from '../../local/org/index.ts';
import { PositionLostError, RetryError, SettingsError, type Random } from '../../scripts/engine/index.ts';
import { roll, type VirtualClock } from '../../scripts/engine/testing/index.ts';
import type { OpenTopic, TopicEvent } from '../../scripts/salesforce/stream/index.ts';
import type { Lifeline } from './lifeline.ts';

/** Milliseconds that an event travels at most. */
const farMilliseconds = 300;

type Loss = 'ended' | 'failed' | 'purged';

/** The org's event bus as processes open it, without gRPC. */
export class Streams {
  readonly #org: LocalOrg;
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #open = new Set<(loss: Loss) => void>();
  #purged = new Set<string>();

  constructor(org: LocalOrg, clock: VirtualClock, random: Random) {
    this.#org = org;
    this.#clock = clock;
    this.#random = random;
  }

  /** Every open stream ends: as the org ends it, by a fault, or with its place no longer kept. */
  lose(how: Loss): void {
    for (const end of [...this.#open]) end(how);
  }

  for(life: Lifeline): OpenTopic {
    return (topic, after, signal) => this.#read(life, topic, after, signal);
  }

  async *#read(
    life: Lifeline,
    topic: string,
    after: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<TopicEvent> {
    await life.call('org', () => this.#travel());
    const { events } = this.#org;
    if (!events.hasTopic(topic)) throw new SettingsError(`The org has no topic ${topic}.`, ['Select it.']);
    if (after !== undefined && this.#purged.delete(topic)) throw new PositionLostError('The place was purged.', []);
    const reader = events.open(
      topic,
      after === undefined ? { preset: 'latest' } : { preset: 'custom', replayId: Number.parseInt(after, 16) },
    );
    const ending = new AbortController();
    let loss: Loss | undefined;
    const end = (how: Loss): void => {
      loss = how;
      if (how === 'purged') this.#purged.add(topic);
      ending.abort();
    };
    this.#open.add(end);
    const over = AbortSignal.any([signal, ending.signal]);
    try {
      while (!over.aborted) {
        const [event] = reader.read(1);
        if (event === undefined) {
          await life.hear(reader.wait(over));
          continue;
        }
        await life.hear(this.#travel());
        if (over.aborted) break;
        const replayId = event.replayId.toString(16);
        if (event.header) {
          const { changeType, recordIds, commitTimestamp, changeOrigin } = event.header;
          yield { kind: 'change', replayId, changeType, recordIds, commitTimestamp, changeOrigin };
        } else yield { kind: 'doorbell', replayId, commandId: String(event.values.get('Command_Id__c')) };
      }
    } finally {
      this.#open.delete(end);
    }
    if (loss !== undefined && loss !== 'ended' && !signal.aborted) throw new RetryError('The stream was cut.', []);
  }

  #travel(): Promise<void> {
    return this.#clock.sleep(1 + roll(this.#random, farMilliseconds));
  }
}
