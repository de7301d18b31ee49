import { LeaseLostError } from '../engine/index.ts';

/**
 * Keeps a process that stood still for longer than its lease (a suspended machine) from asking anything of anyone when
 * it goes on: another worker may be at work since. Before a lease was taken everything passes.
 */
export class LeaseGuard {
  #until = Number.POSITIVE_INFINITY;

  /** The lease holds until then, milliseconds since 1970. */
  extend(until: number): void {
    this.#until = until;
  }

  /** To be called as a request leaves: the later, the less time there is to stand still in. Throws `LeaseLostError`. */
  look(now: number): void {
    if (now <= this.#until) return;
    throw new LeaseLostError('This worker stood still until after its lease had ended.', ['Start the worker again.']);
  }
}
