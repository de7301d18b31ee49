import type { OrgClock } from './contract/index.ts';

interface Waiting {
  readonly at: number;
  readonly task: () => void;
  timer: NodeJS.Timeout;
}

/** The clock of the machine, which can be moved ahead of it. Its timers do not keep the process alive. */
export function systemClock(): ManualClock {
  let ahead = 0;
  const waiting = new Set<Waiting>();
  const now = (): number => Date.now() + ahead;
  const run = (item: Waiting): void => {
    if (waiting.delete(item)) item.task();
  };
  const arm = (item: Waiting): void => {
    item.timer = setTimeout(() => run(item), Math.max(item.at - now(), 0)).unref();
  };
  return {
    now,
    after(milliseconds, task) {
      const timer = setTimeout(() => run(item), milliseconds).unref();
      const item: Waiting = { at: now() + milliseconds, task, timer };
      waiting.add(item);
      return () => {
        clearTimeout(item.timer);
        waiting.delete(item);
      };
    },
    advance(milliseconds) {
      ahead += milliseconds;
      for (const item of [...waiting].sort((left, right) => left.at - right.at)) {
        clearTimeout(item.timer);
        if (item.at <= now()) run(item);
        else arm(item);
      }
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
