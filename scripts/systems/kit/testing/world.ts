import type { Transport } from '../../../engine/index.ts';
import type { World } from '../registry.ts';

export interface TestWorld extends World {
  /** How long the clock was slept on, in milliseconds, each time. */
  readonly slept: readonly number[];
}

/** A world for tests: a clock that jumps when it is slept on, one secret for all names. */
export function createTestWorld(transport: Transport, secret = 'test-secret'): TestWorld {
  let now = Date.parse('2026-11-21T10:00:00Z');
  const slept: number[] = [];
  return {
    transport,
    slept,
    random: () => 0.5,
    clock: {
      now: () => now,
      async sleep(milliseconds) {
        slept.push(milliseconds);
        now += milliseconds;
      },
    },
    secret: () => secret,
    baseUrl: () => undefined,
  };
}
