import type { Ticket } from '../plan/index.ts';

/** Rows of a page that are not accounted for yet. `done` resolves when all are taken and settled. */
export class Page implements Ticket {
  readonly done: Promise<void>;
  #resolve: () => void = () => undefined;
  #open = 0;
  #complete = false;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  taken(rows: number): void {
    this.#open += rows;
  }

  settled(rows: number): void {
    this.#open -= rows;
    this.#check();
  }

  /** No more rows will be taken. */
  complete(): void {
    this.#complete = true;
    this.#check();
  }

  #check(): void {
    if (this.#complete && this.#open === 0) this.#resolve();
  }
}
