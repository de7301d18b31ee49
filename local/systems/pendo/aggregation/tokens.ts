/** An aggregation that cannot be read, or needs what this stand-in does not have. */
export class Unreadable extends Error {}

export type Token =
  | { readonly kind: 'sign' | 'path'; readonly text: string; readonly at: number }
  | { readonly kind: 'value'; readonly text: string; readonly at: number; readonly value: unknown };

const shape =
  /\s*(?:(?<sign>&&|\|\||==|!=|<=|>=|[<>!(),])|(?<number>-?\d+(?:\.\d+)?)|(?<text>"(?:[^"\\]|\\.)*")|(?<word>[A-Za-z_]\w*(?:\.\w+|\[`[^`]*`\]|\["[^"]*"\])*))/y;

const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** The words of a filter. Throws `Unreadable`, naming the place, where none begins. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = shape.lastIndex) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.groups;
    if (found === undefined) throw new Unreadable(`cannot read the filter at ${at}`);
    tokens.push(tokenOf(found, at));
  }
  return tokens;
}

function tokenOf({ sign, number, text, word = '' }: Record<string, string | undefined>, at: number): Token {
  if (sign !== undefined) return { kind: 'sign', text: sign, at };
  if (number !== undefined) return { kind: 'value', text: number, at, value: Number(number) };
  if (text !== undefined) return { kind: 'value', text, at, value: valueOf(text, at) };
  if (word in words) return { kind: 'value', text: word, at, value: words[word] };
  return { kind: 'path', text: word, at };
}

function valueOf(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable(`cannot read the text at ${at}`);
  }
}
