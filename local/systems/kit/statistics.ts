import type { Fault } from './faults.ts';

export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The key's last four characters. */
  readonly key: string;
  readonly bytes: number;
  /** HTTP status; `cut` when the connection was ended without an answer. */
  readonly status: number | 'cut';
  readonly fault: Fault['kind'];
}

const kept = 200;

/** Counts what has arrived, and keeps the last requests. */
export class Statistics {
  readonly faults: Partial<Record<Fault['kind'], number>> = {};
  readonly endpoints: Record<string, { requests: number; throttled: number }> = {};
  requests = 0;
  throttled = 0;
  lateApplied = 0;
  duplicatesApplied = 0;
  readonly #log: LoggedRequest[] = [];

  request(endpoint: string, request: LoggedRequest): void {
    const counts = (this.endpoints[endpoint] ??= { requests: 0, throttled: 0 });
    this.requests++;
    counts.requests++;
    if (request.status === 429) {
      this.throttled++;
      counts.throttled++;
    }
    if (request.fault !== 'none') this.faults[request.fault] = (this.faults[request.fault] ?? 0) + 1;
    this.#log.push(request);
    if (this.#log.length > kept) this.#log.shift();
  }

  /** The last requests, newest first. */
  get log(): readonly LoggedRequest[] {
    return this.#log.toReversed();
  }
}
