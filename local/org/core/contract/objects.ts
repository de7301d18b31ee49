import type { DuplicateRule, MatchingRule, RollUp, SharingModel, SharingRule, ValidationRule } from './rules.ts';

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'address'
  | 'location'
  | 'base64'
  | 'encryptedstring'
  | 'anyType';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
  /** Values of the controlling field with which this one may be chosen; any when absent. */
  readonly controllingValues?: readonly string[];
  /** What a status means: a lead's `converted`, a case's or an opportunity's `closed`, an opportunity's `won`. */
  readonly means?: { readonly closed?: boolean; readonly won?: boolean; readonly converted?: boolean };
}

/** Values of one picklist that records of a record type may have. */
export interface RecordTypePicklist {
  readonly values: readonly string[];
  readonly defaultValue?: string;
}

/** A kind of record within an object, with picklist values of its own. */
export interface RecordTypeDefinition {
  /** The developer name. */
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  readonly description?: string;
  /** Of person accounts. */
  readonly isPersonType?: boolean;
  /** By field; a picklist that is not here has all of its values. */
  readonly picklists: ReadonlyMap<string, RecordTypePicklist>;
}

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly filterable: boolean;
  readonly defaultValue?: unknown;
  /** What works the default out, for each new record. */
  readonly defaultFormula?: string;
  readonly restricted?: boolean;
  readonly picklistValues?: readonly PicklistValue[];
  /** The picklist or checkbox on whose value the choice depends. */
  readonly controllingField?: string;
  /** Objects that a reference may point to. */
  readonly referenceTo: readonly string[];
  /** Name of the parent in SOQL: `Account`, `Owner`, `Sync__r`. */
  readonly relationshipName?: string;
  /** Name of the child list in the parent's SOQL: `Contacts`, `Mappings__r`. */
  readonly childRelationshipName?: string;
  readonly deleteConstraint?: 'SetNull' | 'Restrict' | 'Cascade';
  readonly compoundFieldName?: string;
  readonly calculated: boolean;
  readonly formula?: string;
  /** What a blank number counts as in the formula; `BlankAsZero` when absent. */
  readonly formulaTreatBlanksAs?: 'BlankAsZero' | 'BlankAsBlank';
  readonly autoNumber?: string;
  /** What a roll-up summary field counts or sums up. */
  readonly summary?: RollUp;
  /** Of an account, where people may be accounts: the field of its contact that this one stands for. */
  readonly contactField?: string;
  readonly description?: string;
  readonly inlineHelpText?: string;
}

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly kind: 'standard' | 'custom' | 'event' | 'customMetadata' | 'customSetting';
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** By name. */
  readonly validationRules?: ReadonlyMap<string, ValidationRule>;
  /** By developer name. */
  readonly matchingRules?: ReadonlyMap<string, MatchingRule>;
  readonly duplicateRules?: ReadonlyMap<string, DuplicateRule>;
  readonly recordTypes?: ReadonlyMap<string, RecordTypeDefinition>;
  /** `ReadWrite` when absent. What has a master, or another parent that it cannot be without, is shared as that is. */
  readonly sharingModel?: SharingModel;
  /** By name. */
  readonly sharingRules?: ReadonlyMap<string, SharingRule>;
  /** Publish behaviour of a platform event. */
  readonly publishBehavior?: 'PublishAfterCommit' | 'PublishImmediately';
}
