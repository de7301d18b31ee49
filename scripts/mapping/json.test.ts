import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recordWriter } from './json.ts';
import type { MappedValue } from './types.ts';

type Tree = MappedValue | { readonly [name: string]: Tree };

interface Leaf {
  readonly path: readonly string[];
  readonly value: MappedValue | undefined;
}

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
);

/** A group of leaves and groups, as leaves side by side. */
const { group } = fc.letrec<{ group: readonly Leaf[]; node: readonly Leaf[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.option(value, { nil: undefined }).map((each): readonly Leaf[] => [{ path: [], value: each }]),
    tie('group'),
  ),
  group: fc
    .uniqueArray(
      fc.tuple(
        fc.string().map((name) => `n${name}`),
        tie('node'),
      ),
      { selector: ([name]) => name, minLength: 1, maxLength: 4 },
    )
    .map((nodes) =>
      nodes.flatMap(([name, leaves]) => leaves.map((leaf) => ({ path: [name, ...leaf.path], value: leaf.value }))),
    ),
}));

function objectOf(leaves: readonly Leaf[]): { readonly [name: string]: Tree } {
  const root: { [name: string]: Tree } = {};
  for (const { path, value: each } of leaves) {
    if (each === undefined) continue;
    let place = root;
    for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as typeof root;
    place[path.at(-1) as string] = each;
  }
  return root;
}

test('a record is the JSON that it would be anyway, whichever of its values are absent', () => {
  fc.assert(
    fc.property(group, fc.infiniteStream(fc.boolean()), (leaves, left) => {
      const write = recordWriter(
        leaves.map((leaf) => leaf.path),
        (row: readonly Leaf[], place) => row[place]?.value,
      );
      assert.equal(write(leaves), JSON.stringify(objectOf(leaves)));
      // Another row through the same writer: other pairs of leaves meet.
      const thinned = leaves.map((leaf) => ({ ...leaf, value: left.next().value ? leaf.value : undefined }));
      assert.equal(write(thinned), JSON.stringify(objectOf(thinned)));
    }),
  );
});
