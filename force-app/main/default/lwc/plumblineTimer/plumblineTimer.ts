/** Waits `milliseconds`. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => {
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- the one place where components wait
    setTimeout(wake, milliseconds);
  });
}

export interface PollRequest {
  /** One look. Must not throw: what goes wrong belongs on the screen. */
  readonly look: () => Promise<void>;
  /** Milliseconds until the next look, asked after each. */
  readonly wait: () => number;
  /** After so many looks it ends, since nobody may be there. */
  readonly most: number;
  readonly ended?: () => void;
}

export interface Poll {
  stop(): void;
}

/**
 * Looks again and again until stopped, at most `most` times, the first time after one wait. While the page is hidden
 * it rests; when it is seen again it looks at once.
 */
export function startPoll({ look, wait, most, ended }: PollRequest): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = most;
  let looking = false;
  let stopped = false;

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  }

  function schedule(): void {
    if (stopped) return;
    if (left === 0) {
      stop();
      ended?.();
      return;
    }
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- the one place where components wait
    timer = setTimeout(turn, wait());
  }

  function turn(): void {
    if (stopped || looking || document.hidden) return;
    left -= 1;
    looking = true;
    void look().finally(() => {
      looking = false;
      schedule();
    });
  }

  function seen(): void {
    if (document.hidden) return;
    clearTimeout(timer);
    if (left > 0) turn();
  }

  document.addEventListener('visibilitychange', seen);
  schedule();
  return { stop };
}
