/** What one transaction may use (Apex Developer Guide, "Execution Governors and Limits"; asynchronous ones have more). */
export interface Allowance {
  readonly queries: number;
  readonly queryRows: number;
  readonly dmlStatements: number;
  readonly dmlRows: number;
  readonly callouts: number;
  readonly queueableJobs: number;
  readonly publishes: number;
  readonly emails: number;
  readonly cpuMilliseconds: number;
}

export const SYNCHRONOUS: Allowance = {
  queries: 100,
  queryRows: 50_000,
  dmlStatements: 150,
  dmlRows: 10_000,
  callouts: 100,
  queueableJobs: 50,
  publishes: 150,
  emails: 10,
  cpuMilliseconds: 10_000,
};

export const ASYNCHRONOUS: Allowance = { ...SYNCHRONOUS, queries: 200, queueableJobs: 1, cpuMilliseconds: 60_000 };

/** Statements that count as a millisecond of CPU time: the same program always uses the same. */
const STATEMENTS_PER_MILLISECOND = 1_000;

export type Counter = Exclude<keyof Allowance, 'cpuMilliseconds'>;

const SAYS: Readonly<Record<Counter, string>> = {
  queries: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  dmlStatements: 'Too many DML statements',
  dmlRows: 'Too many DML rows',
  callouts: 'Too many callouts',
  queueableJobs: 'Too many queueable jobs added to the queue',
  publishes: 'Too many publish immediate calls',
  emails: 'Too many Email Invocations',
};

/** Counts what a transaction uses. */
export class Limits {
  readonly allowance: Allowance;
  readonly #used = new Map<Counter, number>();
  #statements = 0;

  constructor(allowance: Allowance) {
    this.allowance = allowance;
  }

  used(counter: Counter): number {
    return this.#used.get(counter) ?? 0;
  }

  get cpuMilliseconds(): number {
    return Math.floor(this.#statements / STATEMENTS_PER_MILLISECOND);
  }

  /** Uses some; answers what an org says when it was too much. */
  take(counter: Counter, count = 1): string | undefined {
    const used = this.used(counter) + count;
    this.#used.set(counter, used);
    return used > this.allowance[counter] ? `${SAYS[counter]}: ${used}` : undefined;
  }

  /** Counts a statement; answers what an org says when the time is up. */
  step(): string | undefined {
    this.#statements++;
    return this.#statements > this.allowance.cpuMilliseconds * STATEMENTS_PER_MILLISECOND
      ? 'Apex CPU time limit exceeded'
      : undefined;
  }
}
