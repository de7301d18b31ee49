import type { Check } from '../check.ts';
import { bulkChecks } from './bulk.ts';
import { collectionChecks } from './collections.ts';
import { compositeChecks } from './composite.ts';
import { deployChecks } from './deploy.ts';
import { describeChecks } from './describes.ts';
import { oauthChecks } from './oauth.ts';
import { queryChecks } from './queries.ts';
import { recordChecks } from './records.ts';
import { soqlChecks } from './soql.ts';
import { streamingChecks } from './streaming.ts';
import { upsertChecks } from './upsert.ts';

/** All checks, in the order in which they run. */
export const checks: readonly Check[] = [
  ...recordChecks,
  ...upsertChecks,
  ...queryChecks,
  ...soqlChecks,
  ...collectionChecks,
  ...compositeChecks,
  ...describeChecks,
  ...bulkChecks,
  ...deployChecks,
  ...oauthChecks,
  ...streamingChecks,
];
