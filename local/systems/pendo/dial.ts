import { z } from 'zod';
import { dialSchemaWith, type DialWith, type Faults } from '../kit/index.ts';

const limitsSchema = z.strictObject({
  /** By key and call. */
  requestsPerSecond: z.number().int().min(1).max(1_000_000).optional(),
  /** What a bulk write gets done within Pendo's five minutes; the records after it are not written, and the answer is 408. */
  recordsPerCall: z.number().int().min(1).max(1_000_000).optional(),
  /** An aggregation answers no more rows than these, and does not say so. */
  rowsPerAggregation: z.number().int().min(1).max(1_000_000).optional(),
});

export type PendoLimits = z.infer<typeof limitsSchema>;
export type PendoFaults = Faults<PendoLimits>;

/** What `POST /control/faults` of the local Pendo takes. */
export const pendoDialSchema = dialSchemaWith(limitsSchema);
export type PendoDial = DialWith<PendoLimits>;

/** Source of the rows: Merge's notes on Pendo. No number of records is documented: this one is a guess. */
export const usualLimits = { recordsPerCall: 10_000, rowsPerAggregation: 50_000 } as const;
