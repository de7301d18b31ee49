import type { FieldDefinition, ObjectDefinition, PicklistValue, RecordTypeDefinition } from './objects.ts';
import type { DuplicateRule, MatchingRule, SharingModel, SharingRule, ValidationRule } from './rules.ts';

/** Additions and removals that a metadata deploy brings: all are applied, or none. */
export interface SchemaChange {
  readonly objects: readonly ObjectDefinition[];
  /** Custom fields, by object. */
  readonly fields: readonly { readonly object: string; readonly field: FieldDefinition }[];
  readonly removedObjects: readonly string[];
  readonly removedFields: readonly { readonly object: string; readonly field: string }[];
  /** Validation rules, by object; one that is there is replaced. */
  readonly rules?: readonly { readonly object: string; readonly rule: ValidationRule }[];
  /** Org-wide defaults of standard objects. */
  readonly sharing?: readonly { readonly object: string; readonly model: SharingModel }[];
  readonly removedRules?: readonly { readonly object: string; readonly rule: string }[];
  /** Record types, by object; one that is there is replaced. None is ever removed, as in an org. */
  readonly recordTypes?: readonly { readonly object: string; readonly recordType: RecordTypeDefinition }[];
  /** Matching and duplicate rules, by object; one that is there is replaced. */
  readonly matchingRules?: readonly { readonly object: string; readonly rule: MatchingRule }[];
  readonly duplicateRules?: readonly { readonly object: string; readonly rule: DuplicateRule }[];
  readonly sharingRules?: readonly { readonly object: string; readonly rule: SharingRule }[];
  readonly removedSharingRules?: readonly { readonly object: string; readonly rule: string }[];
  readonly removedMatchingRules?: readonly { readonly object: string; readonly rule: string }[];
  readonly removedDuplicateRules?: readonly { readonly object: string; readonly rule: string }[];
  /** Values of standard picklists. */
  readonly picklists?: readonly {
    readonly object: string;
    readonly field: string;
    readonly values: readonly PicklistValue[];
  }[];
}

/** Whether the users of a permission set, or of a profile by its own, may use a record type. */
export interface RecordTypeGrant {
  readonly object: string;
  /** The developer name. */
  readonly recordType: string;
  readonly visible: boolean;
  /** The profile's default: new records are of it when they do not say otherwise. */
  readonly isDefault: boolean;
}
