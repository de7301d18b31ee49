/** How the stream of one topic stands. */
export type Standing =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  /** Why it is not open, in words. */
  | { readonly kind: 'closed'; readonly why: string };

/** How all topics stand, as one sentence for people. `names` are objects, and `commands` for the doorbell. */
export class Standings {
  readonly #standings: Map<string, Standing>;

  constructor(names: readonly string[]) {
    this.#standings = new Map(names.map((name) => [name, { kind: 'opening' }]));
  }

  /** Answers whether it stands otherwise than before. */
  set(name: string, standing: Standing): boolean {
    const before = this.#standings.get(name);
    this.#standings.set(name, standing);
    if (before?.kind !== standing.kind) return true;
    return before.kind === 'closed' && standing.kind === 'closed' && before.why !== standing.why;
  }

  /** Whether any topic is open. */
  get listening(): boolean {
    return [...this.#standings.values()].some(({ kind }) => kind === 'open');
  }

  get detail(): string {
    const open = this.#names('open');
    const opening = this.#names('opening');
    const closed = [...this.#standings].flatMap(([name, standing]) =>
      standing.kind === 'closed' ? [`Polling ${name} instead: ${standing.why}`] : [],
    );
    return [
      ...(open.length > 0 ? [`Listening for ${open.join(', ')}.`] : []),
      ...(opening.length > 0 ? [`Opening ${opening.join(', ')}.`] : []),
      ...closed,
    ].join(' ');
  }

  #names(kind: Standing['kind']): readonly string[] {
    return [...this.#standings].filter(([, standing]) => standing.kind === kind).map(([name]) => name);
  }
}
