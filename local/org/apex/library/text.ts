import { toText } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { objectToken } from '../runtime/tokens.ts';
import { toId } from '../compile/convert.ts';
import { type DatetimeValue, DateValue, ListValue, type SetValue, type Value } from '../values/index.ts';
import { define } from './define.ts';
import { toPattern } from './patterns.ts';

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

function javaReplacement(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/\$(?!\d)/g, '$$$$');
}

function substring(thread: Thread, text: string, from: number, to = text.length): string {
  if (from >= 0 && from <= to && to <= text.length) return text.slice(from, to);
  return throwApex(thread, 'StringException', `Starting position out of bounds: ${from}`);
}

function split(text: string, pattern: string, limit = 0): ListValue {
  const expression = toPattern(pattern, 'g');
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(expression)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue;
    parts.push(text.slice(start, match.index));
    start = match.index + match[0].length;
  }
  parts.push(text.slice(start));
  if (limit === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return new ListValue(parts);
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const itemsOf = (from: ListValue | SetValue): readonly Value[] =>
  from instanceof ListValue ? from.items : [...from.items.values()];

function between(text: string, open: string, close: string): string | null {
  const from = text.indexOf(open);
  const to = from < 0 ? -1 : text.indexOf(close, from + open.length);
  return to < 0 ? null : text.slice(from + open.length, to);
}

function valueOf(thread: Thread, value: Value): Value {
  if (value === null) return null;
  if (value instanceof DateValue) return value.toString();
  return toText(thread, value);
}

/** `{0}` and the like; a quote is doubled. */
function format(thread: Thread, template: string, args: ListValue): string {
  return template
    .replace(/''/g, '\u0000')
    .replace(/\{(\d+)\}/g, (whole, at: string) => {
      const arg = args.items[Number(at)];
      return arg === undefined ? whole : toText(thread, arg);
    })
    .replace(/'/g, '')
    .replaceAll('\u0000', "'");
}

define('String', {
  statics: {
    'String valueOf(Object?)': valueOf,
    'String valueOfGmt(Datetime)': (_thread: Thread, moment: DatetimeValue) => moment.toString(),
    'Boolean isBlank(String?)': (_thread: Thread, text: string | null) => isBlank(text),
    'Boolean isNotBlank(String?)': (_thread: Thread, text: string | null) => !isBlank(text),
    'Boolean isEmpty(String?)': (_thread: Thread, text: string | null) => text === null || text === '',
    'Boolean isNotEmpty(String?)': (_thread: Thread, text: string | null) => text !== null && text !== '',
    'String join(Iterable<Object>, String)': (thread: Thread, items: ListValue | SetValue, by: string) =>
      itemsOf(items)
        .map((item) => (item === null ? '' : toText(thread, item)))
        .join(by),
    'String format(String, List<Object>)': format,
    'String escapeSingleQuotes(String)': (_thread: Thread, text: string) => text.replace(/'/g, "\\'"),
    'String fromCharArray(List<Integer>)': (_thread: Thread, codes: ListValue) =>
      String.fromCharCode(...codes.items.map(Number)),
  },
  methods: {
    'String abbreviate(Integer)': (_thread: Thread, text: string, most: number) =>
      text.length <= most ? text : `${text.slice(0, Math.max(most - 3, 0))}...`,
    'String capitalize()': (_thread: Thread, text: string) => capitalize(text),
    'Integer charAt(Integer)': (thread: Thread, text: string, at: number) =>
      substring(thread, text, at, at + 1).charCodeAt(0),
    'Integer compareTo(String)': (_thread: Thread, text: string, other: string) =>
      text < other ? -1 : text > other ? 1 : 0,
    'Boolean contains(String)': (_thread: Thread, text: string, part: string) => text.includes(part),
    'Boolean containsIgnoreCase(String)': (_thread: Thread, text: string, part: string) =>
      text.toLowerCase().includes(part.toLowerCase()),
    'Boolean containsAny(String)': (_thread: Thread, text: string, letters: string) =>
      [...letters].some((letter) => text.includes(letter)),
    'Boolean containsNone(String)': (_thread: Thread, text: string, letters: string) =>
      ![...letters].some((letter) => text.includes(letter)),
    'Boolean containsOnly(String)': (_thread: Thread, text: string, letters: string) =>
      [...text].every((letter) => letters.includes(letter)),
    'Boolean containsWhitespace()': (_thread: Thread, text: string) => /\s/.test(text),
    'Integer countMatches(String)': (_thread: Thread, text: string, part: string) =>
      part === '' ? 0 : text.split(part).length - 1,
    'String deleteWhitespace()': (_thread: Thread, text: string) => text.replace(/\s/g, ''),
    'Boolean endsWith(String)': (_thread: Thread, text: string, end: string) => text.endsWith(end),
    'Boolean endsWithIgnoreCase(String)': (_thread: Thread, text: string, end: string) =>
      text.toLowerCase().endsWith(end.toLowerCase()),
    'Boolean equals(Object?)': (_thread: Thread, text: string, other: Value) => text === other,
    'Boolean equalsIgnoreCase(String?)': (_thread: Thread, text: string, other: string | null) =>
      text.toLowerCase() === other?.toLowerCase(),
    'String escapeCsv()': (_thread: Thread, text: string) =>
      /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text,
    'String escapeHtml4()': (_thread: Thread, text: string) =>
      text.replace(
        /[&<>"]/g,
        (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter,
      ),
    'String escapeJava()': (_thread: Thread, text: string) => JSON.stringify(text).slice(1, -1),
    'Integer indexOf(String)': (_thread: Thread, text: string, part: string) => text.indexOf(part),
    'Integer indexOf(String, Integer)': (_thread: Thread, text: string, part: string, from: number) =>
      text.indexOf(part, from),
    'Integer indexOfIgnoreCase(String)': (_thread: Thread, text: string, part: string) =>
      text.toLowerCase().indexOf(part.toLowerCase()),
    'Boolean isAlpha()': (_thread: Thread, text: string) => /^\p{L}+$/u.test(text),
    'Boolean isAlphanumeric()': (_thread: Thread, text: string) => /^[\p{L}\p{N}]+$/u.test(text),
    'Boolean isAllLowerCase()': (_thread: Thread, text: string) => /^\p{Ll}+$/u.test(text),
    'Boolean isAllUpperCase()': (_thread: Thread, text: string) => /^\p{Lu}+$/u.test(text),
    'Boolean isNumeric()': (_thread: Thread, text: string) => /^\p{Nd}+$/u.test(text),
    'Boolean isWhitespace()': (_thread: Thread, text: string) => /^\s*$/.test(text),
    'Integer lastIndexOf(String)': (_thread: Thread, text: string, part: string) => text.lastIndexOf(part),
    'String left(Integer)': (_thread: Thread, text: string, count: number) => text.slice(0, Math.max(count, 0)),
    'String leftPad(Integer)': (_thread: Thread, text: string, length: number) => text.padStart(length),
    'String leftPad(Integer, String)': (_thread: Thread, text: string, length: number, by: string) =>
      text.padStart(length, by),
    'Integer length()': (_thread: Thread, text: string) => text.length,
    'String mid(Integer, Integer)': (_thread: Thread, text: string, from: number, count: number) =>
      text.slice(from, from + count),
    'String normalizeSpace()': (_thread: Thread, text: string) => text.trim().replace(/\s+/g, ' '),
    'String remove(String)': (_thread: Thread, text: string, part: string) => text.replaceAll(part, ''),
    'String removeEnd(String)': (_thread: Thread, text: string, end: string) =>
      end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text,
    'String removeEndIgnoreCase(String)': (_thread: Thread, text: string, end: string) =>
      end !== '' && text.toLowerCase().endsWith(end.toLowerCase()) ? text.slice(0, -end.length) : text,
    'String removeStart(String)': (_thread: Thread, text: string, start: string) =>
      text.startsWith(start) ? text.slice(start.length) : text,
    'String repeat(Integer)': (_thread: Thread, text: string, times: number) => text.repeat(Math.max(times, 0)),
    'String replace(String, String)': (_thread: Thread, text: string, part: string, by: string) =>
      text.replaceAll(part, () => by),
    'String replaceAll(String, String)': (_thread: Thread, text: string, pattern: string, by: string) =>
      text.replace(toPattern(pattern, 'g'), javaReplacement(by)),
    'String replaceFirst(String, String)': (_thread: Thread, text: string, pattern: string, by: string) =>
      text.replace(toPattern(pattern, ''), javaReplacement(by)),
    'String reverse()': (_thread: Thread, text: string) => [...text].reverse().join(''),
    'String right(Integer)': (_thread: Thread, text: string, count: number) => (count <= 0 ? '' : text.slice(-count)),
    'String rightPad(Integer)': (_thread: Thread, text: string, length: number) => text.padEnd(length),
    'List<String> split(String)': (_thread: Thread, text: string, pattern: string) => split(text, pattern),
    'List<String> split(String, Integer)': (_thread: Thread, text: string, pattern: string, limit: number) =>
      split(text, pattern, limit),
    'Boolean startsWith(String)': (_thread: Thread, text: string, start: string) => text.startsWith(start),
    'Boolean startsWithIgnoreCase(String)': (_thread: Thread, text: string, start: string) =>
      text.toLowerCase().startsWith(start.toLowerCase()),
    'String stripHtmlTags()': (_thread: Thread, text: string) => text.replace(/<[^>]*>/g, ''),
    'String substring(Integer)': (thread: Thread, text: string, from: number) => substring(thread, text, from),
    'String substring(Integer, Integer)': substring,
    'String substringAfter(String)': (_thread: Thread, text: string, by: string) => {
      const at = text.indexOf(by);
      return at < 0 ? '' : text.slice(at + by.length);
    },
    'String substringAfterLast(String)': (_thread: Thread, text: string, by: string) => {
      const at = text.lastIndexOf(by);
      return at < 0 ? '' : text.slice(at + by.length);
    },
    'String substringBefore(String)': (_thread: Thread, text: string, by: string) => {
      const at = text.indexOf(by);
      return at < 0 ? text : text.slice(0, at);
    },
    'String substringBeforeLast(String)': (_thread: Thread, text: string, by: string) => {
      const at = text.lastIndexOf(by);
      return at < 0 ? text : text.slice(0, at);
    },
    'String substringBetween(String)': (_thread: Thread, text: string, by: string) => between(text, by, by),
    'String substringBetween(String, String)': (_thread: Thread, text: string, open: string, close: string) =>
      between(text, open, close),
    'String toLowerCase()': (_thread: Thread, text: string) => text.toLowerCase(),
    'String toUpperCase()': (_thread: Thread, text: string) => text.toUpperCase(),
    'String trim()': (_thread: Thread, text: string) => text.trim(),
    'String uncapitalize()': (_thread: Thread, text: string) => text.charAt(0).toLowerCase() + text.slice(1),
    'List<Integer> getChars()': (_thread: Thread, text: string) =>
      new ListValue([...text].map((letter) => letter.charCodeAt(0))),
    'String toString()': (_thread: Thread, text: string) => text,
    'Integer hashCode()': (_thread: Thread, text: string) => hashCode(text),
  },
});

function hashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

define('Id', {
  statics: {
    'Id valueOf(String)': (thread: Thread, text: string) => toId(thread, text),
    'Id valueOf(String, Boolean)': (thread: Thread, text: string) => toId(thread, text),
  },
  methods: {
    'Schema.SObjectType getSObjectType()': (thread: Thread, id: string) => {
      const object = thread.host.org.schema.objectOfId(id);
      if (object === undefined) throwApex(thread, 'SObjectException', `Cannot determine the SObject type of id ${id}`);
      return objectToken(object.name);
    },
    'String to15()': (_thread: Thread, id: string) => id.slice(0, 15),
    'Boolean equals(Object?)': (_thread: Thread, id: string, other: Value) => id === other,
    'String toString()': (_thread: Thread, id: string) => id,
    'String left(Integer)': (_thread: Thread, id: string, count: number) => id.slice(0, count),
    'Integer length()': (_thread: Thread, id: string) => id.length,
    'String substring(Integer, Integer)': substring,
    'Boolean startsWith(String)': (_thread: Thread, id: string, start: string) => id.startsWith(start),
    'void addError(String)': (thread: Thread) => throwApex(thread, 'SObjectException', 'addError needs a record'),
  },
});

define('Boolean', {
  statics: {
    'Boolean valueOf(Object)': (_thread: Thread, value: Value) =>
      typeof value === 'boolean' ? value : typeof value === 'string' && value.toLowerCase() === 'true',
  },
});
