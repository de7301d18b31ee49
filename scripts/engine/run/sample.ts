import type { Random } from '../ports/index.ts';

/** Some of the records of a read, each as likely as any other, chosen while they pass by. */
export class Sample {
  readonly #size: number;
  readonly #random: Random;
  readonly #ids: string[] = [];
  #seen = 0;

  constructor(size: number, random: Random) {
    this.#size = size;
    this.#random = random;
  }

  offer(id: string): void {
    this.#seen++;
    if (this.#ids.length < this.#size) {
      this.#ids.push(id);
      return;
    }
    const place = Math.floor(this.#random() * this.#seen);
    if (place < this.#size) this.#ids[place] = id;
  }

  get ids(): readonly string[] {
    return this.#ids;
  }
}
