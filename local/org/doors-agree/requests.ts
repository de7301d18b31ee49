import fc from 'fast-check';

export type Value = string | number | boolean | null;
export type Fields = Readonly<Record<string, Value>>;

/** What the views of a lead show. */
export const columns = [
  'FirstName',
  'LastName',
  'Company',
  'Email',
  'Description',
  'AnnualRevenue',
  'DoNotCall',
  'IsDeleted',
];

/** Doors that write; undeletes and merges go by SOAP, the only one that has them. */
const doors = ['rest', 'collection', 'composite', 'batch', 'graph', 'tree', 'uiApi', 'bulk', 'bulk1', 'soap'] as const;

/** One request of one of two clients. `who` counts round the records that were ever made. */
export interface Sent {
  readonly client: 0 | 1;
  readonly door: (typeof doors)[number];
  readonly verb: 'create' | 'update' | 'delete' | 'undelete' | 'merge';
  readonly who: number;
  readonly many: number;
  readonly fields: Fields;
}

const awkward = fc.constantFrom('a', 'O\'Neil "Neo", Jr.', 'two\nlines', '🚀 İ', 'نور', '<&>', '#N', 'x'.repeat(40));
const text = fc.oneof(
  awkward,
  fc.string({ minLength: 1, maxLength: 12 }).filter((value) => /^[!-~]+$/.test(value)),
);
const fields: fc.Arbitrary<Fields> = fc.record(
  {
    FirstName: fc.option(text),
    LastName: text,
    Company: text,
    Email: fc.option(fc.constantFrom('a@x.example', 'b@x.example')),
    Description: fc.option(text),
    AnnualRevenue: fc.option(fc.integer({ min: -5, max: 1_000_000 })),
    DoNotCall: fc.boolean(),
  },
  { requiredKeys: ['LastName', 'Company'] },
);

export const requests: fc.Arbitrary<Sent[]> = fc.array(
  fc.record<Sent>({
    client: fc.constantFrom(0, 1),
    door: fc.constantFrom(...doors),
    verb: fc.constantFrom('create', 'create', 'update', 'update', 'delete', 'undelete', 'merge'),
    who: fc.nat(30),
    many: fc.integer({ min: 1, max: 4 }),
    fields,
  }),
  { minLength: 2, maxLength: 20 },
);
