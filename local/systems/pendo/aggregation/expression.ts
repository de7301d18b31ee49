import { tokensOf, Unreadable, type Token } from './tokens.ts';

/** Reads a field of a row by its path; undefined where there is none. */
export type Read = (path: string) => unknown;
/** Whether a row is meant. */
export type Filter = (read: Read) => boolean;

type Operand = (read: Read) => unknown;

const comparisons: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '==': (one, other) => (one ?? null) === (other ?? null),
  '!=': (one, other) => (one ?? null) !== (other ?? null),
  '<': (one, other) => order(one, other) < 0,
  '<=': (one, other) => order(one, other) <= 0,
  '>': (one, other) => order(one, other) > 0,
  '>=': (one, other) => order(one, other) >= 0,
};

/** Texts have an order among themselves, by the codes of their characters, and numbers among themselves; else NaN. */
function order(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one !== 'string' || typeof other !== 'string') return NaN;
  return one === other ? 0 : one < other ? -1 : 1;
}

/**
 * Compiles a filter: comparisons of paths, texts, numbers, booleans, null and `now()`, `isNull(path)`, `contains(path,
 * text)`, joined by `&&`, `||`, `!` and parentheses. Throws `Unreadable` for anything else, as Pendo has more of it than
 * this stand-in.
 */
export function compileFilter(text: string, now: number): Filter {
  const reader = new Reader(tokensOf(text), now);
  const filter = reader.either();
  reader.end();
  return filter;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #now: number;
  #next = 0;

  constructor(tokens: readonly Token[], now: number) {
    this.#tokens = tokens;
    this.#now = now;
  }

  either(): Filter {
    let filter = this.#both();
    while (this.#takes('||')) {
      const [one, other] = [filter, this.#both()];
      filter = (read) => one(read) || other(read);
    }
    return filter;
  }

  end(): void {
    const token = this.#tokens[this.#next];
    if (token !== undefined) throw new Unreadable(`unexpected "${token.text}" at ${token.at}`);
  }

  #both(): Filter {
    let filter = this.#one();
    while (this.#takes('&&')) {
      const [one, other] = [filter, this.#one()];
      filter = (read) => one(read) && other(read);
    }
    return filter;
  }

  #one(): Filter {
    if (this.#takes('!')) {
      const filter = this.#one();
      return (read) => !filter(read);
    }
    if (this.#takes('(')) {
      const filter = this.either();
      this.#want(')');
      return filter;
    }
    if (this.#takes('isNull')) {
      this.#want('(');
      const operand = this.#operand();
      this.#want(')');
      return (read) => (operand(read) ?? null) === null;
    }
    if (this.#takes('contains')) return this.#contains();
    const one = this.#operand();
    const token = this.#tokens[this.#next++];
    const compare = token === undefined ? undefined : comparisons[token.text];
    if (compare === undefined) throw new Unreadable(`a comparison is missing at ${token?.at ?? 'the end'}`);
    const other = this.#operand();
    return (read) => compare(one(read), other(read));
  }

  #contains(): Filter {
    this.#want('(');
    const whole = this.#operand();
    this.#want(',');
    const part = this.#operand();
    this.#want(')');
    return (read) => {
      const [text, sought] = [whole(read), part(read)];
      if (Array.isArray(text)) return text.includes(sought);
      return typeof text === 'string' && typeof sought === 'string' && text.includes(sought);
    };
  }

  #operand(): Operand {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw new Unreadable('the filter ends too soon');
    if (token.kind === 'value') return () => token.value;
    if (token.kind !== 'path') throw new Unreadable(`unexpected "${token.text}" at ${token.at}`);
    const path = token.text;
    if (!this.#takes('(')) return (read) => read(path);
    if (path !== 'now') throw new Unreadable(`unsupported function "${path}" at ${token.at}`);
    this.#want(')');
    const now = this.#now;
    return () => now;
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind === 'value' || token?.text !== text) return false;
    this.#next++;
    return true;
  }

  #want(text: string): void {
    const token = this.#tokens[this.#next];
    if (!this.#takes(text)) throw new Unreadable(`"${text}" is missing at ${token?.at ?? 'the end'}`);
  }
}
