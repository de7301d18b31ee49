import type { DuplicateResult, RecordError } from '../contract/index.ts';

/** What is wrong with one record, as an org words it. Handed back, not thrown: it is the record's result. */
export class Problem {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** What else is wrong with the record: every validation rule that it breaks is told. */
  readonly others: readonly RecordError[];
  readonly duplicateResult: DuplicateResult | undefined;

  constructor(
    statusCode: string,
    message: string,
    fields: readonly string[] = [],
    others: readonly RecordError[] = [],
    duplicateResult?: DuplicateResult,
  ) {
    this.statusCode = statusCode;
    this.message = message;
    this.fields = fields;
    this.others = others;
    this.duplicateResult = duplicateResult;
  }
}

export const entityIsDeleted = () => new Problem('ENTITY_IS_DELETED', 'entity is deleted');
export const invalidCrossReference = (fields: readonly string[] = []) =>
  new Problem('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);
export const malformedId = (id: string, label: string, fields: readonly string[]) =>
  new Problem('MALFORMED_ID', `${label}: id value of incorrect type: ${id}`, fields);
export const requiredMissing = (fields: readonly string[]) =>
  new Problem('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields);
export const notWritable = (fields: readonly string[]) =>
  new Problem(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  );

/** A value that a caller gave, for keys and messages. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
