import { z } from 'zod';

import { PlumblineError, WaitError, type Clock } from '../../engine/index.ts';
import { apiVersion, type Channel } from '../connection/index.ts';

/** Event deliveries of the org within a day, all its subscribers together. */
export interface Deliveries {
  readonly used: number;
  readonly limit: number;
}

/** Undefined when the org does not tell them. */
export type ReadDeliveries = () => Promise<Deliveries | undefined>;

const share = 0.8;
const lookMilliseconds = 10 * 60_000;

const limits = z.object({
  DailyDeliveredPlatformEvents: z.object({ Max: z.number(), Remaining: z.number() }).optional(),
});

/** Reads them from the org's limits: one API call. Source: REST API guide, Limits. */
export function deliveriesOf(channel: Channel): ReadDeliveries {
  return async () => {
    const path = `/services/data/v${apiVersion}/limits`;
    const { response } = await channel.send({ method: 'GET', path, doing: 'the limits' });
    const told = limits.safeParse(await response.json()).data?.DailyDeliveredPlatformEvents;
    return told === undefined ? undefined : { used: told.Max - told.Remaining, limit: told.Max };
  };
}

/**
 * Whether streams may be open: every subscriber of the org shares its deliveries of a day, so ours end at 80% of them
 * and leave the rest to the others.
 */
export class Allowance {
  readonly #clock: Clock;
  readonly #read: ReadDeliveries;
  #controller = new AbortController();
  #refusal: WaitError | undefined;

  constructor(clock: Clock, read: ReadDeliveries) {
    this.#clock = clock;
    this.#read = read;
  }

  /** Aborted when streams must end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why streams must not be open; undefined when they may. */
  get refusal(): WaitError | undefined {
    return this.#refusal;
  }

  /** Looks every ten minutes until the signal is aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      try {
        await this.#clock.sleep(lookMilliseconds, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  async look(): Promise<void> {
    let deliveries: Deliveries | undefined;
    try {
      deliveries = await this.#read();
    } catch (error) {
      // What is wrong with the org's API is told by the calls that move records; here the last answer goes on.
      if (error instanceof PlumblineError) return;
      throw error;
    }
    if (deliveries === undefined) return;
    const { used, limit } = deliveries;
    if (used < limit * share) {
      if (this.#refusal !== undefined) this.#controller = new AbortController();
      this.#refusal = undefined;
      return;
    }
    this.#refusal = new WaitError(
      `The org has used ${used} of the ${limit} event deliveries of a day, which all its subscribers share.`,
      this.#clock.now() + lookMilliseconds,
      ['Nothing to do: records are polled until deliveries are free again.'],
    );
    this.#controller.abort();
  }
}
