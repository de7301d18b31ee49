import type { RecordRow } from '../ports/index.ts';

/** What a record's row may say and need not, left out. */
export const blankRow = {
  key: undefined,
  rank: undefined,
  hash: undefined,
  reason: undefined,
  detail: undefined,
  createdIn: undefined,
} satisfies Partial<RecordRow>;
