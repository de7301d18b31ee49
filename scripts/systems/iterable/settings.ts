import { z } from 'zod';
import { choice, pageTemplate } from '../kit/index.ts';

/** Settings of an Iterable connection. */
export const iterableSettings = z.strictObject({
  /** Which data centre the project lives in; keys do not work across them. */
  region: choice('Data centre', { us: 'United States', eu: 'Europe' }, 'us'),
  /** How the project tells users apart; in a hybrid one by user ID, with the email as a field beside it. */
  identity: choice(
    'What tells users apart',
    { email: 'The email', userId: 'A user ID', hybrid: 'A user ID, with the email as a field beside it (hybrid)' },
    'email',
  ),
  /** Whether a field that the project does not know is made. */
  createNewFields: z.boolean().default(true),
  /** Of the bulk update; 5 is published for a key, some projects are granted more. */
  requestsPerSecond: z.number().positive().max(100).default(5),
  /** Seconds after which a request that was never answered can no longer be applied. Iterable publishes none. */
  lateApplySeconds: z.number().min(1).max(3_600).default(10),
  /** Where people see a user, with `{key}` in the place of its email or user ID. Absent: the profile by email. */
  recordPage: pageTemplate(['key']).exactOptional(),
});

export type IterableSettings = z.infer<typeof iterableSettings>;

/** API hosts of the data centres (api.iterable.com/api/docs). */
export const hosts: Readonly<Record<IterableSettings['region'], string>> = {
  us: 'https://api.iterable.com',
  eu: 'https://api.eu.iterable.com',
};

/** The name of the key in a user's JSON. */
export function keyField(identity: IterableSettings['identity']): 'email' | 'userId' {
  return identity === 'email' ? 'email' : 'userId';
}
