import { z } from 'zod';
import { choice, pageTemplate } from '../kit/index.ts';

/** Settings of a Pendo connection. */
export const pendoSettings = z.strictObject({
  /** Where the subscription lives; a key of another region looks like a wrong one. */
  region: choice(
    'Data centre',
    { us: 'United States', eu: 'Europe', us1: 'United States (us1)', jpn: 'Japan', au: 'Australia' },
    'us',
  ),
  /** Pendo publishes no limit; vendors that keep to a few a second are not throttled. */
  requestsPerSecond: z.number().positive().max(100).default(5),
  /**
   * Seconds after which a request that was never answered can no longer be applied. A call runs five minutes at most
   * (Engage API, metadata: status 408).
   */
  lateApplySeconds: z.number().min(1).max(3_600).default(300),
  /** Where people see a record, with `{id}` and, where it is of use, `{kind}`: account or visitor. Absent: by its region. */
  recordPage: pageTemplate(['id'], ['kind']).exactOptional(),
});

export type PendoSettings = z.infer<typeof pendoSettings>;

/** API hosts of the regions (Engage API, authentication). */
export const hosts: Readonly<Record<PendoSettings['region'], string>> = {
  us: 'https://app.pendo.io',
  eu: 'https://app.eu.pendo.io',
  us1: 'https://us1.app.pendo.io',
  jpn: 'https://app.jpn.pendo.io',
  au: 'https://app.au.pendo.io',
};
