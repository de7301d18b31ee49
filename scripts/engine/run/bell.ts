import type { Clock } from '../ports/index.ts';

/** Wakes a loop that waits. A ring while nobody waits is not lost. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves when rung, or after `milliseconds` (absent: never); rejects with the signal's reason. */
  async wait(clock: Clock, milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#rung) {
      const over = new AbortController();
      const rung = new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: over.signal });
      });
      const woken = new Error('woken');
      const time =
        milliseconds === undefined
          ? undefined
          : clock.sleep(milliseconds, over.signal).catch((error: unknown) => {
              if (error !== woken) throw error;
            });
      try {
        await Promise.race(time ? [rung, time] : [rung]);
      } finally {
        this.#wake = undefined;
        over.abort(woken);
      }
    }
    this.#rung = false;
  }
}
