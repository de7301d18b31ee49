import type { Clock } from '../ports/index.ts';
import { Bell } from '../run/index.ts';

/**
 * When the worker looks at what is activated: now and then, and at once when someone must know. A version that was
 * activated a moment ago is at work before a command about it is answered.
 */
export class VersionLooks {
  readonly #bell = new Bell();
  /** The first look counts as begun: what waits when a worker starts is answered by what runs. */
  #look = Promise.withResolvers<void>();
  #isOver = false;
  #isBusy = false;

  /** A look begins. */
  begin(): void {
    this.#renew();
  }

  /** It is known what runs, and this is begun now. */
  found(): void {
    this.#end(true);
  }

  /** What runs is at work. */
  settled(): void {
    this.#end(false);
  }

  /** It cannot be known just now what runs: the error is waited out. */
  failed(): void {
    this.#end(true);
  }

  /** Resolves when the next look is due: after `milliseconds`, or when someone must know. */
  async wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.#bell.wait(clock, milliseconds, signal);
  }

  /** Resolves after a look that began no earlier; at once while what was found is begun, or an error waited out. */
  async fresh(): Promise<void> {
    await this.#look.promise;
    if (this.#isBusy) return;
    this.#renew();
    this.#bell.ring();
    await this.#look.promise;
  }

  #end(isBusy: boolean): void {
    this.#isOver = true;
    this.#isBusy = isBusy;
    this.#look.resolve();
  }

  #renew(): void {
    if (!this.#isOver) return;
    this.#isOver = false;
    this.#look = Promise.withResolvers<void>();
  }
}
