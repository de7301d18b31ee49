import { z } from 'zod';
import { dialSchemaWith, type DialWith, type Faults } from '../kit/index.ts';

const limitsSchema = z.strictObject({ bulkUpdatePerSecond: z.number().int().min(1).max(1_000_000).optional() });

export type IterableLimits = z.infer<typeof limitsSchema>;
export type IterableFaults = Faults<IterableLimits>;

/** What `POST /control/faults` of the local Iterable takes. */
export const dialSchema = dialSchemaWith(limitsSchema);
export type Dial = DialWith<IterableLimits>;
