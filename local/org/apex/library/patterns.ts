import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { NativeValue } from '../values/index.ts';
import { define } from './define.ts';

/** A pattern of Java as one of JavaScript: what only Java has is refused. */
export function toPattern(pattern: string, flags: string): RegExp {
  let own = flags;
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  if (inline !== null) own += inline[1] ?? '';
  const body = (inline === null ? pattern : pattern.slice(inline[0].length))
    .replace(/\\Q([\s\S]*?)\\E/g, (_, text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .replace(/\\p\{Alpha\}/g, 'a-zA-Z')
    .replace(/\\([Az])/g, (_, letter: string) => (letter === 'A' ? '^' : '$'));
  const unknown = /[*+?}]\+|\(\?>|&&|\\p\{[A-Z][a-z]+\}/.exec(body.replace(/\\./g, ''));
  if (unknown !== null) throw new Error(`unsupported pattern ${pattern}: ${unknown[0]}`);
  return new RegExp(body, own);
}

interface Matching {
  readonly text: string;
  readonly expression: RegExp;
  input: string;
  match: RegExpExecArray | undefined;
}

const matching = (self: NativeValue) => self.state as Matching;

function group(thread: Thread, self: NativeValue, at: number): string | null {
  const { match } = matching(self);
  if (match === undefined) throwApex(thread, 'StringException', 'No match found');
  if (at >= match.length) throwApex(thread, 'StringException', `No group ${at}`);
  return match[at] ?? null;
}

/** Tries the pattern at a place; the whole input must fit when `whole`. */
function matches(self: NativeValue, whole: boolean): boolean {
  const state = matching(self);
  const expression = new RegExp(
    `^(?:${state.expression.source})${whole ? '$' : ''}`,
    state.expression.flags.replace('g', ''),
  );
  state.match = expression.exec(state.input) ?? undefined;
  return state.match !== undefined;
}

define('Matcher', {
  methods: {
    'Boolean find()': (_thread: Thread, self: NativeValue) => {
      const state = matching(self);
      state.match = state.expression.exec(state.input) ?? undefined;
      if (state.match?.[0] === '') state.expression.lastIndex++;
      return state.match !== undefined;
    },
    'Boolean matches()': (_thread: Thread, self: NativeValue) => matches(self, true),
    'Boolean lookingAt()': (_thread: Thread, self: NativeValue) => matches(self, false),
    'Boolean hitEnd()': (_thread: Thread, self: NativeValue) => {
      const { match, input } = matching(self);
      return match === undefined || match.index + match[0].length === input.length;
    },
    'String group()': (thread: Thread, self: NativeValue) => group(thread, self, 0),
    'String group(Integer)': group,
    'Integer groupCount()': (_thread: Thread, self: NativeValue) =>
      (new RegExp(`${matching(self).expression.source}|`).exec('')?.length ?? 1) - 1,
    'Integer start()': (thread: Thread, self: NativeValue) =>
      matching(self).match?.index ?? throwApex(thread, 'StringException', 'No match available'),
    'Integer end()': (thread: Thread, self: NativeValue) => {
      const { match } = matching(self);
      return match === undefined
        ? throwApex(thread, 'StringException', 'No match available')
        : match.index + match[0].length;
    },
    'String replaceAll(String)': (_thread: Thread, self: NativeValue, by: string) =>
      matching(self).input.replace(matching(self).expression, by),
    'String replaceFirst(String)': (_thread: Thread, self: NativeValue, by: string) =>
      matching(self).input.replace(new RegExp(matching(self).expression.source), by),
    'Matcher reset()': (_thread: Thread, self: NativeValue) => {
      matching(self).expression.lastIndex = 0;
      return self;
    },
  },
});

define('Pattern', {
  statics: {
    'Pattern compile(String)': (_thread: Thread, text: string) =>
      new NativeValue(known('Pattern'), { text, key: text, expression: toPattern(text, 'g') }),
    'Boolean matches(String, String)': (_thread: Thread, pattern: string, text: string) => {
      const { source, flags } = toPattern(pattern, '');
      return new RegExp(`^(?:${source})$`, flags).test(text);
    },
    'String quote(String)': (_thread: Thread, text: string) => `\\Q${text}\\E`,
  },
  methods: {
    'Matcher matcher(String)': (_thread: Thread, self: NativeValue, input: string) => {
      const { text, expression } = self.state as Pick<Matching, 'text' | 'expression'>;
      const state: Matching = {
        text,
        expression: new RegExp(expression.source, expression.flags),
        input,
        match: undefined,
      };
      return new NativeValue(known('Matcher'), state);
    },
    'String pattern()': (_thread: Thread, self: NativeValue) => (self.state as Pick<Matching, 'text'>).text,
  },
});
