import * as fc from 'fast-check';
import type { Draft } from '../schema.ts';

/** Plain objects, as JSON and YAML make them. */
const record = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/);
/** Text as people paste it: quotes, colons, line breaks, right-to-left letters, emoji; no blank ends, which the org trims. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    .map((each) => each.trim())
    .filter((each) => each.length > 0 && each.length <= maxLength);
const path = text(40);

const mapping = fc.record(
  {
    source: path,
    target: path,
    transform: fc.constantFrom('trim', 'lowercase'),
    blank: fc.constantFrom('keep', 'clear'),
  },
  { requiredKeys: ['source', 'target', 'blank'], noNullPrototype: true },
);

const sync = (connections: readonly string[]) =>
  record({
    name,
    connection: fc.constantFrom(...connections),
    direction: fc.constantFrom('salesforceToSystem', 'systemToSalesforce'),
    salesforceObject: fc.stringMatching(/^[A-Za-z]\w{0,30}$/),
    systemObject: text(20),
    key: record({ source: path, target: path }),
    include: text(200),
    precedence: fc.integer({ min: 0, max: 9_999 }),
    rules: fc.record(
      {
        create: fc.boolean(),
        update: fc.boolean(),
        delete: fc.constantFrom('ignore', 'forget'),
        duplicates: fc.constantFrom('block', 'allow', 'link'),
      },
      { requiredKeys: ['create', 'update', 'delete'], noNullPrototype: true },
    ),
    schedule: fc.record(
      { pollSeconds: fc.integer({ min: 1, max: 86_400 }), sweepAt: fc.stringMatching(/^([01]\d|2[0-3]):[0-5]\d$/) },
      { requiredKeys: ['pollSeconds'], noNullPrototype: true },
    ),
    mappings: fc.uniqueArray(mapping, { selector: (each) => each.target, minLength: 1, maxLength: 6 }),
  });

/** Any valid draft. */
export const drafts: fc.Arbitrary<Draft> = fc
  .uniqueArray(
    record({
      name,
      system: fc.constantFrom('iterable', 'pendo', 'account-engagement', 'conversion', 'livestorm'),
      settings: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.array(fc.string(), { maxLength: 3 })),
        { maxKeys: 3, noNullPrototype: true },
      ),
    }),
    { selector: (each) => each.name, minLength: 1, maxLength: 3 },
  )
  .chain((connections) =>
    record({
      connections: fc.constant(connections),
      syncs: fc.uniqueArray(sync(connections.map((each) => each.name)), {
        selector: (each) => each.name,
        maxLength: 4,
      }),
    }),
  );

/** The draft with its lists in the order of their names, as the org gives them back. */
export function sorted(draft: Draft): Draft {
  const byName = (left: { readonly name: string }, right: { readonly name: string }): number =>
    left.name < right.name ? -1 : 1;
  return { connections: draft.connections.toSorted(byName), syncs: draft.syncs.toSorted(byName) };
}
