import type { BinaryOperator, Node } from './ast.ts';
import { syntaxError } from './errors.ts';
import { readTokens, type Token } from './tokens.ts';

/** Operators from the loosest to the tightest; those of one row bind from the left. */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { '||': '||' },
  { '&&': '&&' },
  { '=': '=', '==': '=', '<>': '<>', '!=': '<>' },
  { '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
  { '&': '&' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/' },
  { '^': '^' },
];

const deepest = 250;

/** Parses a formula. Throws `FormulaError` for what is not one. */
export function parseFormula(formula: string): Node {
  return new Parser(readTokens(formula)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Node {
    const node = this.#binary(0);
    const rest = this.#peek();
    if (rest.kind !== 'end')
      throw syntaxError(rest.text === ')' || rest.text === ',' ? `Extra '${rest.text}'` : found(rest), rest.at);
    return node;
  }

  #binary(level: number): Node {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#peek();
      const operator = token.kind === 'sign' ? operators[token.text] : undefined;
      if (operator === undefined) return left;
      this.#next++;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1), at: token.at };
    }
  }

  #unary(): Node {
    const token = this.#peek();
    if (token.kind !== 'sign' || (token.text !== '-' && token.text !== '+')) return this.#operand();
    this.#next++;
    const operand = this.#nested(token, () => this.#unary());
    return token.text === '+' ? operand : { kind: 'negative', operand, at: token.at };
  }

  #operand(): Node {
    const token = this.#peek();
    this.#next++;
    const { at, text } = token;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(text), at };
      case 'text':
        return { kind: 'text', value: text, at };
      case 'name':
        return this.#named(token);
      case 'end':
        throw syntaxError('Found end of formula', at);
      case 'sign': {
        if (text !== '(') throw syntaxError(found(token), at);
        const inner = this.#nested(token, () => this.#binary(0));
        this.#expect(')');
        return inner;
      }
    }
  }

  #named(token: Token): Node {
    const { text, at } = token;
    const capitals = text.toUpperCase();
    if (this.#peek().text === '(' && this.#peek().kind === 'sign') {
      this.#next++;
      return { kind: 'call', name: capitals, parameters: this.#nested(token, () => this.#parameters()), at };
    }
    if (capitals === 'TRUE' || capitals === 'FALSE') return { kind: 'boolean', value: capitals === 'TRUE', at };
    return capitals === 'NULL' ? { kind: 'null', at } : { kind: 'reference', path: text, at };
  }

  #parameters(): Node[] {
    const parameters: Node[] = [];
    if (this.#accept(')')) return parameters;
    do parameters.push(this.#binary(0));
    while (this.#accept(','));
    this.#expect(')');
    return parameters;
  }

  #nested<Result>(token: Token, read: () => Result): Result {
    if (this.#depth >= deepest) throw syntaxError(`More than ${deepest} levels of nesting`, token.at);
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  #accept(sign: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#next++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#accept(sign)) throw syntaxError(`Missing '${sign}'`, this.#peek().at);
  }

  #peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('a formula without even an end');
    return token;
  }
}

const found = (token: Token) => (token.kind === 'text' ? `Found a text` : `Found '${token.text}'`);
