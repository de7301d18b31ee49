import { z } from 'zod';

/**
 * Where what Pendo does is not documented, or clients have seen it differ.
 */
export const habitsSchema = z.strictObject({
  /** A field without a mapping in a bulk write refuses the call with 400 (`batch`), or its record alone. */
  unmappedField: z.enum(['batch', 'record']),
  /** What stands in `errors` of a bulk write: older clients saw texts. */
  errors: z.enum(['text', 'object']),
  /** How an empty `missing` or `errors` is told. */
  emptyLists: z.enum(['empty', 'null', 'absent']),
  /** How a report tells who is outside of its segment or date range: not at all, in empty rows, or in rows of zeros. */
  extraRows: z.enum(['none', 'empty', 'zero']),
  /** The status of a call that came too soon. */
  throttle: z.literal([429, 403]),
});

export type Habits = z.infer<typeof habitsSchema>;

export const usualHabits: Habits = {
  unmappedField: 'batch',
  errors: 'text',
  emptyLists: 'empty',
  extraRows: 'zero',
  throttle: 429,
};
