const date =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?$/;

/**
 * Whether Iterable takes this string for a date: `yyyy-MM-dd`, `yyyy-MM-dd HH:mm:ss`, with ` ZZ`, or ISO 8601 with or
 * without milliseconds and offset.
 */
export function isDate(text: string): boolean {
  return text.length >= 10 && text.length <= 36 && text.charCodeAt(4) === 45 && date.test(text);
}
