/** Time of a local system; tests and fault schedules bring their own. */
export interface SystemClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` after `milliseconds` of this clock; returns what cancels it. */
  after(milliseconds: number, task: () => void): () => void;
}

export const realClock: SystemClock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends SystemClock {
  /** Moves time on, running what falls due on the way in order of its time. */
  advance(milliseconds: number): void;
}

/** A clock that stands still until `advance` is called; starts at `start` milliseconds since 1970. */
export function manualClock(start: number): ManualClock {
  let now = start;
  let number = 0;
  const due = new Map<number, { readonly at: number; readonly task: () => void }>();
  return {
    now: () => now,
    after(milliseconds, task) {
      const id = number++;
      due.set(id, { at: now + milliseconds, task });
      return () => void due.delete(id);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        let next: [number, { readonly at: number; readonly task: () => void }] | undefined;
        for (const entry of due)
          if (entry[1].at <= end && (next === undefined || entry[1].at < next[1].at)) next = entry;
        if (next === undefined) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].task();
      }
      now = end;
    },
  };
}
