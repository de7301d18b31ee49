import type { Term } from './term.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text, in small letters: what a search sees of it. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Whether the words that a term looks for stand one after the other in one of the texts. */
function hasPhrase(texts: readonly (readonly string[])[], phrase: readonly RegExp[]): boolean {
  return texts.some((words) =>
    words.some((_, from) => phrase.every((pattern, index) => pattern.test(words[from + index] ?? ''))),
  );
}

/** Whether the words of a record's fields, a list for each field, are what a term looks for. */
export function fits(term: Term, texts: readonly (readonly string[])[]): boolean {
  switch (term.kind) {
    case 'phrase':
      return hasPhrase(texts, term.words);
    case 'not':
      return !fits(term.term, texts);
    case 'and':
      return term.terms.every((part) => fits(part, texts));
    case 'or':
      return term.terms.some((part) => fits(part, texts));
  }
}
