/**
 * What the doors of the local org (REST, Bulk, Metadata, Pub/Sub, Apex and the Lightning shell) share: one schema, one
 * SOQL engine, one DML engine, whoever calls. The doors import from `local/org/core` alone.
 */
export type { CommittedChange, CommittedTransaction } from './commits.ts';
export type { LeadConversion, LeadConversionResult, MergeRequest, MergeResult } from './conversions.ts';
export { OrgError } from './errors.ts';
export type {
  FieldType,
  PicklistValue,
  RecordTypePicklist,
  RecordTypeDefinition,
  FieldDefinition,
  ObjectDefinition,
} from './objects.ts';
export type { OrgClock, PlatformRecords, Schema, UserAccess, Org } from './org.ts';
export type {
  QueryValue,
  QueryRow,
  QueryRows,
  BoundValue,
  ApexQuery,
  QueryOptions,
  PreparedQuery,
  BulkSnapshot,
} from './queries.ts';
export type {
  FilterItem,
  RollUp,
  SharingGroup,
  SharingRule,
  SharingModel,
  MatchingRule,
  DuplicateRule,
  ValidationRule,
} from './rules.ts';
export type { SchemaChange, RecordTypeGrant } from './schema-change.ts';
export type { Session, RecordError, DuplicateResult, DmlResult, InputRecord, DmlRequest } from './writes.ts';
