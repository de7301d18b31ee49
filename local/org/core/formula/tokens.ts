import { syntaxError } from './errors.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** As written; of a text, what it means. */
  readonly text: string;
  readonly at: number;
}

const pattern =
  /(?<blank>\s+|\/\*[\s\S]*?\*\/)|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>\$?[A-Za-z]\w*(?:[.:][A-Za-z]\w*)*)|(?<text>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?<sign>\|\||&&|==|<>|!=|<=|>=|[-+*^&=<>(),]|\/(?!\*))/y;

/** Cuts a formula into its tokens; the last is the end. Throws `FormulaError` for what is none. */
export function readTokens(formula: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < formula.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(formula)?.groups;
    if (groups === undefined) throw syntaxError(complaint(formula, at), at);
    const { number, name, text, sign } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (text !== undefined) tokens.push({ kind: 'text', text: meaning(text.slice(1, -1)), at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
  }
  tokens.push({ kind: 'end', text: '', at: formula.length });
  return tokens;
}

function complaint(formula: string, at: number): string {
  const character = String.fromCodePoint(formula.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") return `Missing '${character}'`;
  return formula.startsWith('/*', at) ? "Missing '*/'" : `Found '${character}'`;
}

function meaning(quoted: string): string {
  return quoted.replace(/\\([\s\S])/g, (_, escaped: string) => escapes[escaped] ?? escaped);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
