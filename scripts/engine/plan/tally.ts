import type { Counts, Outcome } from '../outcomes.ts';
import type { RunDelta, SendCalls } from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';

interface MutableDelta {
  readonly counts: Partial<Record<keyof Counts, number>>;
  readonly reasons: Partial<Record<ReasonCode, number>>;
  targetCalls: number;
  lookUpCalls: number;
}

/** Collects what one transaction changes in the figures of its runs. */
export class Tally {
  readonly #runs = new Map<string, MutableDelta>();

  /** One record new to the run. */
  count(run: string, outcome: Outcome, reason: ReasonCode | undefined): void {
    const delta = this.#delta(run);
    delta.counts.read = (delta.counts.read ?? 0) + 1;
    add(delta, outcome, reason, 1);
  }

  /** A record that the run has counted gets another outcome. */
  move(
    run: string,
    from: { readonly outcome: Outcome; readonly reason?: ReasonCode | undefined },
    outcome: Outcome,
    reason: ReasonCode | undefined,
  ): void {
    if (from.outcome === outcome && from.reason === reason) return;
    const delta = this.#delta(run);
    add(delta, from.outcome, from.reason, -1);
    add(delta, outcome, reason, 1);
  }

  /** What one request took; absent: a single call. */
  calls(run: string, { calls = 1, lookUpCalls = 0 }: SendCalls): void {
    const delta = this.#delta(run);
    delta.targetCalls += calls;
    delta.lookUpCalls += lookUpCalls;
  }

  get runs(): Iterable<string> {
    return this.#runs.keys();
  }

  deltas(): readonly RunDelta[] {
    return [...this.#runs].map(([run, delta]) => ({ run, ...delta }));
  }

  #delta(run: string): MutableDelta {
    let delta = this.#runs.get(run);
    if (!delta) {
      delta = { counts: {}, reasons: {}, targetCalls: 0, lookUpCalls: 0 };
      this.#runs.set(run, delta);
    }
    return delta;
  }
}

function add(delta: MutableDelta, outcome: Outcome, reason: ReasonCode | undefined, number: 1 | -1): void {
  delta.counts[outcome] = (delta.counts[outcome] ?? 0) + number;
  if (reason !== undefined) delta.reasons[reason] = (delta.reasons[reason] ?? 0) + number;
}
