import type { Clock, ControlPlane, Pauses } from '../ports/index.ts';

/** What is paused, as the org said a moment ago: read before each batch, asked of the org at most every `age` ms. */
export class PauseGate {
  readonly #control: Pick<ControlPlane, 'pauses'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #age: number;
  #reading: Promise<Pauses> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(control: Pick<ControlPlane, 'pauses'>, clock: Pick<Clock, 'now'>, age: number) {
    this.#control = control;
    this.#clock = clock;
    this.#age = age;
  }

  /** Throws what the org throws: nothing is sent while it is not known whether it may be. */
  read(): Promise<Pauses> {
    const now = this.#clock.now();
    if (this.#reading && now - this.#readAt <= this.#age) return this.#reading;
    this.#readAt = now;
    const reading = this.#control.pauses();
    this.#reading = reading;
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading;
  }

  /** The next read asks the org. */
  forget(): void {
    this.#reading = undefined;
  }
}
