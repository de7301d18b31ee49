import { OrgError } from '../core/index.ts';

/** What a search looks for. Words of a phrase stand one after the other; `*` and `?` in them are wildcards. */
export type Term =
  | { readonly kind: 'phrase'; readonly words: readonly RegExp[] }
  | { readonly kind: 'not'; readonly term: Term }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Term[] };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly phrase: string };

/** An error of the search itself, as an org words it. */
export function malformed(message: string): OrgError {
  return new OrgError(400, 'MALFORMED_SEARCH', message);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [all, quoted, word] of text.matchAll(/"((?:\\.|[^"\\])*)"|[()]|((?:\\.|[^\s()"\\])+)/gs)) {
    if (quoted !== undefined) tokens.push({ phrase: quoted });
    else if (word === undefined) tokens.push(all === '(' ? '(' : ')');
    else if (word === 'AND' || word === 'OR' || word === 'NOT') tokens.push(word);
    else tokens.push({ phrase: word });
  }
  return tokens;
}

const isWildcard = (character: string): boolean => character === '*' || character === '?';

/** The words of a phrase as patterns; what is escaped by a backslash is itself, and parts words as any sign does. */
function phraseOf(text: string): Term {
  const words: string[] = [''];
  for (const [all, escaped] of text.toLowerCase().matchAll(/\\(.)|./gsu)) {
    const character = escaped === undefined && isWildcard(all) ? all : undefined;
    if (character !== undefined) words[words.length - 1] += character === '*' ? '.*' : '.';
    else if (/[\p{L}\p{N}]/u.test(escaped ?? all)) words[words.length - 1] += escaped ?? all;
    else if (words.at(-1) !== '') words.push('');
  }
  const letters = text.replace(/\\|[^\p{L}\p{N}]/gu, '');
  if (letters.length < 2) throw malformed(`search term must be longer than one character: ${text}`);
  return { kind: 'phrase', words: words.filter((word) => word !== '').map((word) => new RegExp(`^${word}$`, 'u')) };
}

/**
 * Reads the text between the braces of FIND: words and quoted phrases, joined by AND, OR, AND NOT and brackets. OR binds
 * least; words side by side must all be there. Throws `OrgError` MALFORMED_SEARCH.
 *
 * Source: SOQL and SOSL Reference, "FIND {SearchQuery}".
 */
export function readTerm(text: string): Term {
  const tokens = tokensOf(text);
  const either = (): Term => {
    const terms = [both()];
    while (tokens[0] === 'OR') {
      tokens.shift();
      terms.push(both());
    }
    const [only, second] = terms;
    return only !== undefined && second === undefined ? only : { kind: 'or', terms };
  };
  const both = (): Term => {
    const terms = [single()];
    while (tokens.length > 0 && tokens[0] !== 'OR' && tokens[0] !== ')') {
      if (tokens[0] === 'AND') tokens.shift();
      terms.push(single());
    }
    const [only, second] = terms;
    return only !== undefined && second === undefined ? only : { kind: 'and', terms };
  };
  const single = (): Term => {
    const token = tokens.shift();
    if (token === 'NOT') return { kind: 'not', term: single() };
    if (token === '(') {
      const inside = either();
      if (tokens.shift() !== ')') throw malformed(`a bracket of {${text}} is not closed`);
      return inside;
    }
    if (typeof token === 'object') return phraseOf(token.phrase);
    throw malformed(`unexpected ${token ?? 'end'} in {${text}}`);
  };
  const term = either();
  if (tokens.length > 0) throw malformed(`a bracket of {${text}} was never opened`);
  return term;
}
