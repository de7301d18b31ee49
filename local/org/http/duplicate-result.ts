import type { RestCall } from './call.ts';
import { recordUrl } from './rows.ts';
import type { RecordError } from '../core/index.ts';

/** The part of an error that says which records are duplicated; nothing for other errors. */
export function duplicateResultOf(
  { duplicateResult: found }: RecordError,
  { version }: Pick<RestCall, 'version'>,
): { readonly duplicateResult?: Record<string, unknown> } {
  if (found === undefined) return {};
  const matchResults = found.matchResults.map(({ entityType, rule, ids }) => ({
    entityType,
    errors: [],
    matchEngine: 'ExactMatchEngine',
    matchRecords: ids.map((id) => ({
      additionalInformation: [],
      fieldDiffs: [],
      matchConfidence: 100,
      record: { attributes: { type: entityType, url: recordUrl(version, entityType, id) }, Id: id },
    })),
    rule,
    size: ids.length,
    success: true,
  }));
  return { duplicateResult: { ...found, matchResults } };
}
