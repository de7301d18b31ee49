import type { OrgClock } from './contract/index.ts';

/** The clock of the machine. Its timers do not keep the process alive. */
export function systemClock(): OrgClock {
  return {
    now: () => Date.now(),
    after(milliseconds, task) {
      const timer = setTimeout(task, milliseconds);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export interface ManualClock extends OrgClock {
  /** Moves time on and runs what falls due on the way, in order of its time, then of its asking. */
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is moved. `start` is in milliseconds since 1970, UTC. */
export function manualClock(start: number): ManualClock {
  let time = start;
  let asked = 0;
  const waiting: { readonly at: number; readonly order: number; readonly task: () => void }[] = [];
  return {
    now: () => time,
    after(milliseconds, task) {
      const item = { at: time + milliseconds, order: asked++, task };
      waiting.push(item);
      return () => {
        const index = waiting.indexOf(item);
        if (index >= 0) waiting.splice(index, 1);
      };
    },
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        waiting.sort((left, right) => left.at - right.at || left.order - right.order);
        const next = waiting[0];
        if (next === undefined || next.at > end) break;
        waiting.shift();
        time = next.at;
        next.task();
      }
      time = end;
    },
  };
}
