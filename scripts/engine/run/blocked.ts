/** Keys of requests without an answer: none may be sent before the request can no longer be applied late. */
export class Blocked {
  readonly #keys = new Map<string, number>();
  #watched: { readonly batch: string; readonly until: number }[] = [];

  get size(): number {
    return this.#keys.size;
  }

  add(keys: readonly string[], until: number): void {
    for (const key of keys) this.#keys.set(key, Math.max(until, this.#keys.get(key) ?? 0));
  }

  until(key: string): number {
    return this.#keys.get(key) ?? 0;
  }

  /** Remembers the stored request, until it is `over`. */
  watch(batch: string, until: number): void {
    this.#watched.push({ batch, until });
  }

  /** Requests that can no longer be applied: their keys are free, and the store need not keep them. */
  over(now: number): readonly string[] {
    const over = this.#watched.filter((each) => each.until <= now);
    this.#watched = this.#watched.filter((each) => each.until > now);
    if (this.#keys.size > 0) for (const [key, until] of this.#keys) if (until <= now) this.#keys.delete(key);
    return over.map((each) => each.batch);
  }
}
