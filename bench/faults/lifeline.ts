import type { Clock } from '../../scripts/engine/index.ts';
import type { Instant, Port } from './schedule.ts';

interface Awaited {
  readonly instant: Instant;
  readonly then: () => void;
  calls: number;
}

/**
 * One process of a worker, as the world sees it: whatever it calls goes through here. Killed, it calls nothing and hears
 * nothing any more; what it had called stays called. Frozen, it hears everything once it goes on.
 */
export class Lifeline {
  readonly #clock: Clock;
  readonly #awaited = new Set<Awaited>();
  #state: 'running' | 'frozen' | 'dead' = 'running';
  #unheard: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  kill(): void {
    this.#state = 'dead';
    this.#unheard = [];
  }

  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  thaw(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'running';
    const unheard = this.#unheard;
    this.#unheard = [];
    for (const hear of unheard) hear();
  }

  /** Calls `then` at that instant of the process's life, once; never, if it does not come to it. */
  at(instant: Instant, then: () => void): void {
    this.#awaited.add({ instant, then, calls: 0 });
  }

  /** Nothing is called at instants that have not come. */
  forgetInstants(): void {
    this.#awaited.clear();
  }

  /** The process calls a port. */
  call<Result>(port: Port, run: () => Promise<Result>): Promise<Result> {
    const now = this.#reached(port);
    for (const { then } of now.filter(({ instant }) => instant.when === 'before')) then();
    // A frozen process makes the call once it goes on.
    if (this.#state === 'frozen') return this.hear(Promise.resolve()).then(() => this.call(port, run));
    if (this.#state === 'dead') return never();
    const result = this.hear(run());
    for (const { then } of now.filter(({ instant }) => instant.when === 'after')) then();
    return result;
  }

  /** The promise as the process hears of it. */
  hear<Result>(promise: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => this.#hear(() => resolve(value)),
        (error: Error) => this.#hear(() => reject(error)),
      );
    });
  }

  /** The clock that the process looks at. */
  get clock(): Clock {
    return {
      now: () => this.#clock.now(),
      sleep: (milliseconds, signal) => this.hear(this.#clock.sleep(milliseconds, signal)),
    };
  }

  /** The same object, whose methods are calls of a port. */
  through<Served extends object>(port: Port, served: Served): Served {
    return new Proxy(served, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => this.call(port, () => Reflect.apply(value, target, given) as Promise<unknown>);
      },
    });
  }

  #hear(hear: () => void): void {
    if (this.#state === 'running') hear();
    else if (this.#state === 'frozen') this.#unheard.push(hear);
  }

  #reached(port: Port): readonly Awaited[] {
    const reached: Awaited[] = [];
    for (const awaited of this.#awaited) {
      if (awaited.instant.port !== port || ++awaited.calls < awaited.instant.calls) continue;
      this.#awaited.delete(awaited);
      reached.push(awaited);
    }
    return reached;
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
