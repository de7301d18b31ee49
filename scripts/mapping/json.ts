import type { MappedValue } from './types.ts';

/** What JSON does not take as it is in a text, and surrogates, of which it takes only whole pairs. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Compiles the writer of records: objects nested as the `paths` of their leaves say, those of a group side by side.
 * `valueOf` gives a row's value of a leaf by its place; undefined leaves it out, and with it a group without values.
 * The text is what `JSON.stringify` would make. What stands between two values is made once for each pair of leaves
 * that meet, so that a record is put together from few pieces.
 */
export function recordWriter<Row>(
  paths: readonly (readonly string[])[],
  valueOf: (row: Row, place: number) => MappedValue | undefined,
): (row: Row) => string {
  const between = new Map<number, string>();

  function lead(before: number, quoted: boolean, place: number, plain: boolean): string {
    const id = ((before + 1) * (paths.length + 1) + place) * 4 + (quoted ? 2 : 0) + (plain ? 1 : 0);
    const known = between.get(id);
    if (known !== undefined) return known;
    const text = (quoted ? '"' : '') + step(paths[before], paths[place]) + (plain ? '"' : '');
    between.set(id, text);
    return text;
  }

  // Put together by `join`: by `+` a record would be a tree of some thirty small texts first, for the collector to bury.
  const pieces = new Array<string>(paths.length * 2 + 1).fill('');
  return (row) => {
    let before = -1;
    let quoted = false;
    for (let place = 0; place < paths.length; place++) {
      const value = valueOf(row, place);
      const plain = typeof value === 'string' && !special.test(value);
      pieces[place * 2] = value === undefined ? '' : lead(before, quoted, place, plain);
      pieces[place * 2 + 1] = value === undefined ? '' : plain ? value : JSON.stringify(value);
      if (value === undefined) continue;
      before = place;
      quoted = plain;
    }
    pieces[paths.length * 2] = lead(before, quoted, paths.length, false);
    return pieces.join('');
  };
}

/** From the value at `from` to the one at `to`: braces closed and opened, names. Absent: the record's own braces. */
function step(from: readonly string[] | undefined, to: readonly string[] | undefined): string {
  if (!from && !to) return '{}';
  if (!to) return '}'.repeat(from?.length ?? 0);
  let shared = 0;
  while (from && shared < from.length - 1 && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  const opened = to.slice(shared).map((name) => `${JSON.stringify(name)}:`);
  return (from ? `${'}'.repeat(from.length - 1 - shared)},` : '{') + opened.join('{');
}
