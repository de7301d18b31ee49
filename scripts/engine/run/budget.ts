import { WaitError } from '../errors.ts';
import type { Clock, Source, Target, Urgency } from '../ports/index.ts';

/** Shares of the source's daily limit of calls that are left to others, in percent. */
export interface ApiReserve {
  /** Full reads and fan-outs stop here. */
  readonly bulkPercent: number;
  /** Polls and live work stop here; never above that of bulk work. */
  readonly livePercent: number;
}

export const apiReserve: ApiReserve = { bulkPercent: 20, livePercent: 5 };

/** The limit counts the last 24 hours, so calls come back bit by bit: look again after so many milliseconds. */
const lookAgainMilliseconds = 900_000;

/** The calls that a source still allows, with what is kept of them for people and for other programs (K-15, N-10). */
export class Budget {
  readonly #source: Pick<Source, 'budget'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #reserve: ApiReserve;

  constructor(source: Pick<Source, 'budget'>, clock: Pick<Clock, 'now'>, reserve: ApiReserve) {
    this.#source = source;
    this.#clock = clock;
    this.#reserve = reserve;
  }

  /** Why no call of that urgency may be made now, and until when; undefined when it may, or when nothing is known yet. */
  wait(urgency: Urgency): WaitError | undefined {
    const told = this.#source.budget();
    if (!told) return undefined;
    const { bulkPercent, livePercent } = this.#reserve;
    const percent = urgency === 'bulk' ? Math.max(bulkPercent, livePercent) : livePercent;
    const kept = Math.ceil((told.limit * percent) / 100);
    const left = Math.max(0, told.limit - told.used);
    if (left > kept) return undefined;
    const until = this.#clock.now() + lookAgainMilliseconds;
    const why =
      left === 0
        ? 'None is left, so everything waits'
        : `The last ${inWords(kept)} are kept for people and live changes, so ${urgency === 'bulk' ? 'full reads wait' : 'everything waits'}`;
    const again = new Date(until).toISOString().slice(11, 16);
    return new WaitError(
      `${inWords(left)} of the ${inWords(told.limit)} API calls that Salesforce allows in 24 hours are left. ${why}; used calls come back 24 hours after they were made, and it is looked at again at ${again} UTC.`,
      until,
      ['Nothing: it goes on by itself.', 'If this happens often, find what uses up the calls, or buy more.'],
    );
  }

  /** Throws the `WaitError` when no such call may be made now. */
  require(urgency: Urgency): void {
    const error = this.wait(urgency);
    if (error) throw error;
  }
}

function inWords(number: number): string {
  return number.toLocaleString('en');
}

/** The same source, whose budget is asked before each call: of full reads and fan-outs as bulk, of the rest as live. */
export function withinBudget(source: Source, budget: Budget): Source {
  return {
    describe: (object, paths) => source.describe(object, paths),
    forgetSchema: () => source.forgetSchema?.(),
    ...(source.changes && {
      changes: (...asked) => requiring(budget, 'live', () => source.changes?.(...asked) ?? []),
    }),
    async hydrate(...asked) {
      budget.require('live');
      return source.hydrate(...asked);
    },
    async *extract(...asked) {
      budget.require('bulk');
      for await (const page of source.extract(...asked)) {
        yield page;
        if (page.next !== undefined) budget.require('bulk');
      }
    },
    async count(...asked) {
      budget.require('bulk');
      return source.count(...asked);
    },
    ...(source.children && {
      children: (...asked) => requiring(budget, 'bulk', () => source.children?.(...asked) ?? []),
    }),
    forecast: (job) => source.forecast(job),
    budget: () => source.budget(),
  };
}

/** Page by page, while calls may be made. */
async function* requiring<Page>(
  budget: Budget,
  urgency: Urgency,
  read: () => AsyncIterable<Page> | readonly Page[],
): AsyncGenerator<Page, void, undefined> {
  budget.require(urgency);
  for await (const page of read()) {
    yield page;
    budget.require(urgency);
  }
}

/** The same target, whose calls are of the same budget: a batch that may not be sent now is refused until it may. */
export function targetWithinBudget(target: Target, budget: Budget): Target {
  const { limits, overhead } = target;
  return {
    limits,
    overhead,
    ...(target.fixedFields && { fixedFields: true }),
    describe: (object) => target.describe(object),
    normaliseKey: (object, value) => target.normaliseKey(object, value),
    ...(target.forecast && { forecast: target.forecast.bind(target) }),
    read: (...asked) => target.read(...asked),
    ...(target.known && { known: target.known.bind(target) }),
    check: () => target.check(),
    async send(object, records, urgency, onStart) {
      const error = budget.wait(urgency);
      return error ? { kind: 'refused', error } : await target.send(object, records, urgency, onStart);
    },
  };
}
