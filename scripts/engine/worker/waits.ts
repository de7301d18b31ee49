import type { PlumblineError } from '../errors.ts';

/** Something that waits, why, and until when (milliseconds since 1970). */
export interface Wait {
  /** `a full read of leads`, `reading changes` … */
  readonly what: string;
  readonly sync?: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly until: number;
}

/** What waits now: a loop that stands still says so (K-15). */
export class Waits {
  readonly #open = new Map<object, Wait>();

  /** `loop` waits. */
  begin(
    loop: object,
    what: string,
    sync: string | undefined,
    { message, actions }: PlumblineError,
    until: number,
  ): void {
    this.#open.set(loop, { what, message, actions, until, ...(sync !== undefined && { sync }) });
  }

  /** `loop` goes on. */
  end(loop: object): void {
    this.#open.delete(loop);
  }

  get all(): readonly Wait[] {
    return [...this.#open.values()];
  }
}
