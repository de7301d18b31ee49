import type { Clock } from '../../engine/index.ts';

/** Records of a collections call (REST API, "sObject Collections"). */
const mostRecords = 200;
/** Clean requests in a row after which the next ones may be twice as large. */
const cleanRequests = 20;
/** Milliseconds for which requests go one by one after a row was locked. */
const serialMilliseconds = 60_000;

/** How large requests are and how many go at once, learned from what the org's automation and its locks bear. */
export class Pace {
  readonly #clock: Pick<Clock, 'now'>;
  #size = mostRecords;
  #clean = 0;
  #serialUntil = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Records of the next request. */
  get size(): number {
    return this.#size;
  }

  /** The request was too much for one transaction, or for the time that it had (K-19). */
  tooMuch(): void {
    this.#size = Math.max(1, Math.floor(this.#size / 2));
    this.#clean = 0;
  }

  clean(): void {
    this.#clean += 1;
    if (this.#clean < cleanRequests) return;
    this.#clean = 0;
    this.#size = Math.min(mostRecords, this.#size * 2);
  }

  /** A row was locked: requests go one after the other for a while (K-18). */
  locked(): void {
    this.#serialUntil = this.#clock.now() + serialMilliseconds;
  }

  /** Runs a request at once, or after those before it while rows are locked. */
  run<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    if (this.#clock.now() >= this.#serialUntil) return request();
    const turn = this.#last.then(request, request);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
