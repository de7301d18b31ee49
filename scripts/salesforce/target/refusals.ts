import type { Delivery, ReasonCode } from '../../engine/index.ts';

/** One error of one record, as either door of the org gives it. */
export interface ItemError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Records that a duplicate rule found; empty where the org does not tell. */
  readonly duplicates: readonly string[];
}

/** What a record's errors ask for. */
export type Verdict =
  | { readonly kind: 'settled'; readonly delivery: Delivery }
  /** Another transaction holds the record or its parent. */
  | { readonly kind: 'locked' }
  /** The transaction ran out of time: fewer records at once may work (K-19). */
  | { readonly kind: 'tooMuch' }
  /** A duplicate rule stopped it. */
  | { readonly kind: 'duplicate'; readonly ids: readonly string[] }
  /** The record is in the recycle bin, perhaps since it was merged into another (K-26). */
  | { readonly kind: 'deleted' };

export type Settled = Extract<Verdict, { readonly kind: 'settled' }>;

type Say = (fields: string, object: string, message: string) => string;

const rejections: Readonly<Record<string, readonly [ReasonCode, Say]>> = {
  REQUIRED_FIELD_MISSING: ['rejected-by-target', (fields) => `${fields} must not be empty`],
  STRING_TOO_LONG: ['rejected-by-target', (fields) => `the value of ${fields} is longer than the field`],
  NUMBER_OUTSIDE_VALID_RANGE: ['rejected-by-target', (fields) => `the number for ${fields} is larger than the field`],
  INVALID_EMAIL_ADDRESS: ['rejected-by-target', (fields) => `${fields} is not an email address`],
  INVALID_TYPE_ON_FIELD_IN_RECORD: ['rejected-type-mismatch', (fields) => `${fields} takes another type of value`],
  JSON_PARSER_ERROR: ['rejected-type-mismatch', () => 'a field takes another type of value'],
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: [
    'value-not-allowed',
    (fields) => `${fields} takes the values of its list alone, by their API names`,
  ],
  // The text of a validation rule is the admin's own, and the same for every record.
  FIELD_CUSTOM_VALIDATION_EXCEPTION: [
    'rejected-by-target',
    (fields, _object, message) => `a validation rule says of ${fields}: ${message}`,
  ],
  FIELD_FILTER_VALIDATION_EXCEPTION: [
    'rejected-by-target',
    (fields) => `the record that ${fields} refers to does not pass the filter of the field`,
  ],
  CANNOT_UPDATE_CONVERTED_LEAD: ['converted', () => 'its contact'],
  DUPLICATE_VALUE: ['rejected-conflict', (fields) => `another record has this value of ${fields} already`],
  DUPLICATE_EXTERNAL_ID: ['rejected-conflict', (fields) => `several records have this value of ${fields}`],
  INSUFFICIENT_ACCESS_OR_READONLY: [
    'rejected-by-target',
    (_fields, object) =>
      `the integration user may not change this record: it needs Edit on ${object}, and access to the record`,
  ],
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: [
    'rejected-by-target',
    (fields) => `the integration user may not use the record that ${fields} refers to: it needs access to that one too`,
  ],
  INVALID_FIELD_FOR_INSERT_UPDATE: [
    'rejected-by-target',
    (fields) => `the integration user may not write ${fields}: it needs Edit on the field`,
  ],
  TRANSFER_REQUIRES_READ: ['rejected-by-target', () => 'the new owner may not read records of this kind'],
  INVALID_CROSS_REFERENCE_KEY: [
    'rejected-not-found',
    (fields, object) =>
      /RecordType/i.test(fields)
        ? `this record type of ${object} is not available to the integration user`
        : `${fields} refers to a record that is not there, or not shared`,
  ],
  MALFORMED_ID: ['rejected-not-found', (fields) => `${fields} holds something that is no record ID`],
};

/** Codes that pass by themselves. */
const passing = new Set(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'PROCESSING_HALTED', 'UNKNOWN_EXCEPTION']);

/** What to do with a record that the org refused, by its first telling error. No detail quotes a value of the record. */
export function verdictOf(errors: readonly ItemError[], object: string): Verdict {
  const error = errors[0] ?? { code: 'UNKNOWN_EXCEPTION', message: '', fields: [], duplicates: [] };
  const { code, message, duplicates } = error;
  const fields = error.fields.length > 0 ? error.fields.join(', ') : 'a field';
  if (code === 'UNABLE_TO_LOCK_ROW') return { kind: 'locked' };
  if (/CPU time limit|QUERY_TIMEOUT|time(d)? ?out/i.test(`${code} ${message}`)) return { kind: 'tooMuch' };
  if (code === 'DUPLICATES_DETECTED') return { kind: 'duplicate', ids: duplicates };
  if (code === 'ENTITY_IS_DELETED') return { kind: 'deleted' };
  if (code === 'INVALID_FIELD' && /^Foreign key external ID/i.test(message))
    return retry('waiting-for-parent', parentIn(message));
  if (code === 'STORAGE_LIMIT_EXCEEDED') return retry('waiting-for-limit', 'the org has no storage left');
  if (passing.has(code)) return retry('passing-fault', code);
  const known = rejections[code];
  if (known) {
    const [reason, say] = known;
    const recordType = code === 'INVALID_CROSS_REFERENCE_KEY' && /RecordType/i.test(fields);
    return reject(recordType ? 'value-not-allowed' : reason, say(fields, object, message));
  }
  if (code === 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY') {
    return reject(
      'rejected-by-target',
      /entity type cannot be/i.test(message)
        ? `the integration user may not create or change ${object}: it needs the right to`
        : 'a trigger or flow of the org stopped it',
    );
  }
  return reject('rejected-by-target', `${code} (${fields})`);
}

/** `Foreign key external ID: a1 not found for field Ext__c in entity Account` → words without the value. */
function parentIn(message: string): string {
  const match = /not found for field (\w+) in entity (\w+)/.exec(message);
  return match ? `no ${match[2]} with this ${match[1]}` : 'its parent';
}

/** A record that Salesforce will never take as it is. */
export function reject(reason: ReasonCode, detail: string): Settled {
  return { kind: 'settled', delivery: { kind: 'rejected', reason, detail } };
}

/** A record that may be taken later. */
export function retry(reason: ReasonCode, detail: string): Settled {
  return { kind: 'settled', delivery: { kind: 'retry', reason, detail } };
}
