/** Time, as the engine knows it. Tests and fault schedules bring their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), for jitter; seeded in tests. */
export type Random = () => number;

/** Makes unique IDs; seeded in tests. */
export type MakeId = () => string;
