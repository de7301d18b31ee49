import type { OrgClock } from '../core/index.ts';
import { PubSubError } from './errors.ts';

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;

/** What an org counts of its events: delivered in a day of UTC, over all readers, and published in an hour. */
export class EventCounts {
  /** Events that may be delivered in a day, changes and platform events together; undefined: as many as come. */
  dailyAllocation: number | undefined;
  /** Events delivered so far; each reader counts. */
  delivered = 0;
  readonly #clock: OrgClock;
  #today = { period: 0, events: 0 };
  #thisHour = { period: 0, events: 0 };

  constructor(clock: OrgClock) {
    this.#clock = clock;
  }

  get deliveredToday(): number {
    const { period, events } = this.#today;
    return period === this.#period(dayMilliseconds) ? events : 0;
  }

  get publishedInHour(): number {
    const { period, events } = this.#thisHour;
    return period === this.#period(hourMilliseconds) ? events : 0;
  }

  /** Counts events that are about to be delivered. Throws `PubSubError` when the day's allocation does not hold them. */
  deliver(events: number): void {
    const total = this.deliveredToday + events;
    if (this.dailyAllocation !== undefined && events > 0 && total > this.dailyAllocation) {
      throw new PubSubError(
        'RESOURCE_EXHAUSTED',
        'subscription.limit.exceeded',
        `The organization's daily limit of ${this.dailyAllocation} delivered events is exceeded`,
      );
    }
    this.#today = { period: this.#period(dayMilliseconds), events: total };
    this.delivered += events;
  }

  publish(events: number): void {
    this.#thisHour = { period: this.#period(hourMilliseconds), events: this.publishedInHour + events };
  }

  #period(milliseconds: number): number {
    return Math.floor(this.#clock.now() / milliseconds);
  }
}
