/**
 * The closed list of why a record was skipped, held or failed, or handed on. Each code has a sentence that an admin
 * understands and a next step, in `sentences.ts`. Adding one means adding its sentence, its test and its label.
 */
export const reasonCodes = [
  // skipped
  'no-key',
  'invalid-key',
  'not-included',
  'excluded-by-person',
  'no-values',
  'another-record-owns-key',
  'superseded',
  'create-not-allowed',
  'update-not-allowed',
  'deleted-in-source',
  'converted',
  'merged',
  // held
  'paused',
  'unanswered-request',
  'waiting-for-limit',
  'waiting-for-credentials',
  'passing-fault',
  'waiting-for-parent',
  'schema-changed',
  // failed
  'unreadable',
  'value-not-mappable',
  'value-not-allowed',
  'rejected-invalid-key',
  'rejected-type-mismatch',
  'rejected-not-found',
  'rejected-conflict',
  'rejected-duplicate',
  'rejected-forgotten',
  'rejected-too-many-fields',
  'record-too-large',
  'not-allowed',
  'rejected-by-target',
  'retries-exhausted',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];
