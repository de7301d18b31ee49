import { LeaseLostError, type Clock, type Transport } from '../engine/index.ts';

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

  /** The same transport, that rejects with `LeaseLostError` once the lease is over. */
  guard(transport: Transport, clock: Pick<Clock, 'now'>): Transport {
    return async (request) => {
      if (clock.now() <= this.#until) return transport(request);
      throw new LeaseLostError('This worker stood still until after its lease had ended.', ['Start the worker again.']);
    };
  }
}
