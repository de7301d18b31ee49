import type { ChangeStream } from '../ports/index.ts';
import { listen } from '../capture/index.ts';

export interface BellWatchOptions {
  readonly stream: ChangeStream | undefined;
  readonly doorbell: () => void;
  readonly listening: (listening: boolean) => void;
  /** Told what a stream does not mend by itself. */
  readonly failed: (error: unknown) => void;
}

const nothing = { streamed: [], changed: () => Promise.resolve(), hurry: () => undefined };

/** Hears the doorbell while no version is at work: who sets up the first sync waits for answers, too. */
export class BellWatch {
  readonly #options: BellWatchOptions;
  #watch: AbortController | undefined;

  constructor(options: BellWatchOptions) {
    this.#options = options;
  }

  begin(): void {
    const { stream, doorbell, listening, failed } = this.#options;
    if (!stream || this.#watch) return;
    const watch = new AbortController();
    this.#watch = watch;
    const state = (up: boolean): void => {
      if (watch.signal.aborted) return;
      listening(up);
      // What was asked before is not told by it.
      if (up) doorbell();
    };
    listen(stream, nothing, { doorbell, state }, watch.signal).catch((error: unknown) => {
      if (!watch.signal.aborted) failed(error);
    });
  }

  end(): void {
    if (!this.#watch) return;
    this.#watch.abort(new Error('The doorbell is heard by the session.'));
    this.#watch = undefined;
    this.#options.listening(false);
  }
}
