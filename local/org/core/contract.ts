/**
 * What the doors of the local org (REST, Bulk, Metadata, Pub/Sub, later Apex and the Lightning shell) share: one
 * schema, one SOQL engine, one DML engine, whoever calls. The doors import from `local/org/core` alone.
 */

import type { TriggerRunner, UnitOfWork } from './unit.ts';

/** Time and randomness of the org; tests move the clock by hand. */
export interface OrgClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` after `milliseconds` of this clock; returns what cancels it. */
  after(milliseconds: number, task: () => void): () => void;
}

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

/** One condition of a filter: a field's value compared with one of several values. */
export interface FilterItem {
  readonly field: string;
  readonly operation:
    | 'equals'
    | 'notEqual'
    | 'lessThan'
    | 'greaterThan'
    | 'lessOrEqual'
    | 'greaterOrEqual'
    | 'contains'
    | 'notContain'
    | 'startsWith'
    | 'includes'
    | 'excludes';
  readonly values: readonly string[];
}

/** A roll-up summary: of which details, by which master-detail field of theirs. */
export interface RollUp {
  readonly operation: 'count' | 'sum' | 'min' | 'max';
  readonly detail: string;
  readonly by: string;
  /** What is summed up; absent for a count. */
  readonly field?: string;
  /** Details that count: all of these hold. */
  readonly filter: readonly FilterItem[];
}

/** Who a sharing rule is for, or whose records it is about. */
export interface SharingGroup {
  readonly kind: 'group' | 'queue' | 'role' | 'roleAndSubordinates' | 'allInternalUsers';
  /** The developer name; absent for everybody. */
  readonly name?: string;
}

/** Shares records of others: those of certain owners, or those that meet criteria. */
export interface SharingRule {
  readonly name: string;
  readonly edits: boolean;
  readonly sharedTo: readonly SharingGroup[];
  readonly sharedFrom?: readonly SharingGroup[];
  readonly criteria?: { readonly items: readonly FilterItem[]; readonly logic?: string };
}

/** When two records are taken for the same. Fields are compared exactly, without regard to case. */
export interface MatchingRule {
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  /** `1 AND (2 OR 3)`, by the numbers of the items; all of them when absent. */
  readonly logic?: string;
  readonly items: readonly { readonly field: string; readonly blanksMatch: boolean }[];
}

/** What becomes of a record that matches another. */
export interface DuplicateRule {
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  readonly sortOrder: number;
  /** `pass` saves; `alert` refuses unless the caller allows duplicates; `block` refuses always. */
  readonly onInsert: 'pass' | 'alert' | 'block';
  readonly onUpdate: 'pass' | 'alert' | 'block';
  readonly alertText?: string;
  /** Only records that the caller sees are compared. */
  readonly enforcesSharing: boolean;
  readonly matches: readonly {
    /** The object whose records are compared, and its matching rule. */
    readonly object: string;
    readonly rule: string;
    /** The compared object's field by this object's; a field of the same name when it is not here. */
    readonly fields: ReadonlyMap<string, string>;
  }[];
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

/** A rule that refuses the records for which its formula is true. */
export interface ValidationRule {
  readonly name: string;
  readonly active: boolean;
  readonly formula: string;
  readonly message: string;
  /** The field that the message belongs to; the whole record when absent. */
  readonly displayField?: string;
}

/** Who sees and edits the records of others, before anyone is granted more. */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite';

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

/** Who is calling. */
export interface Session {
  readonly userId: string;
  readonly token: string;
  /** `Sforce-Call-Options: client=…`, ends up in `changeOrigin`. */
  readonly client?: string;
  /** `com/salesforce/api/rest/66.0` and the like. */
  readonly origin: string;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`: duplicate rules that alert do not refuse. */
  readonly allowsDuplicates?: boolean;
}

export interface RecordError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** What was found of DUPLICATES_DETECTED. */
  readonly duplicateResult?: DuplicateResult;
}

/** Records that a duplicate rule found (REST API Developer Guide, "Duplicate Rule Header"). */
export interface DuplicateResult {
  readonly allowSave: boolean;
  readonly duplicateRule: string;
  readonly duplicateRuleEntityType: string;
  readonly errorMessage: string;
  readonly matchResults: readonly {
    readonly entityType: string;
    readonly rule: string;
    readonly ids: readonly string[];
  }[];
}

export interface DmlResult {
  readonly id: string | undefined;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly RecordError[];
}

/** Field name → value as JSON brings it; a nested object under a relationship name is a parent by external ID. */
export type InputRecord = Readonly<Record<string, unknown>>;

export interface DmlRequest {
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'hardDelete';
  readonly object: string;
  readonly records: readonly InputRecord[];
  /** For upsert; `Id` when absent. */
  readonly externalIdField?: string;
  readonly allOrNone: boolean;
  readonly session: Session;
}

/** One lead to convert; what is absent is made, or taken from the lead. */
export interface LeadConversion {
  readonly leadId: string;
  /** A lead status that converted leads have. */
  readonly convertedStatus: string;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly ownerId?: string;
  readonly opportunityName?: string;
  readonly createOpportunity: boolean;
  readonly overwriteLeadSource: boolean;
}

export interface LeadConversionResult {
  readonly leadId: string;
  readonly success: boolean;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly errors: readonly RecordError[];
}

/** Leads, contacts or accounts that become one. */
export interface MergeRequest {
  readonly object: string;
  readonly masterId: string;
  /** Fields to set on the master. */
  readonly values: InputRecord;
  readonly recordToMergeIds: readonly string[];
}

export interface MergeResult {
  readonly id?: string;
  readonly success: boolean;
  readonly mergedRecordIds: readonly string[];
  readonly updatedRelatedIds: readonly string[];
  readonly errors: readonly RecordError[];
}

/** One value of a query's row. A parent that is null is `null`; a child list is a `QueryRows`. */
export type QueryValue = string | number | boolean | null | QueryRow | QueryRows;

export interface QueryRow {
  /** Object name; `AggregateResult` for aggregates; `Address` for a compound value, which REST writes without `attributes`. */
  readonly type: string;
  /** A parent that may be of several types is shown as a `Name`, unless TYPEOF asks for it. */
  readonly shownAs?: 'Name';
  readonly id: string | undefined;
  /** In the order of the SELECT clause; names as the org spells them, `expr0` … for unnamed aggregates. */
  readonly values: ReadonlyMap<string, QueryValue>;
}

export interface QueryRows {
  readonly totalSize: number;
  readonly rows: readonly QueryRow[];
}

/** A value that Apex binds into a query: text and IDs, numbers, booleans, dates as text, or a list of these. */
export type BoundValue =
  | null
  | string
  | number
  | boolean
  | { readonly kind: 'date' | 'datetime' | 'time'; readonly text: string }
  | readonly BoundValue[];

/** A query that Apex asks, and no API: it may bind variables, find deleted records and say in whose rights it runs. */
export interface ApexQuery {
  /** The value of an expression, given as it is written after the colon. */
  bind(expression: string): BoundValue;
  /** Whether the user's object and field rights and sharing count when the query does not say so. */
  readonly mode: 'user' | 'system';
  /** Whether only records shared with the user are found in system mode: the class is `with sharing`. */
  readonly sharing: boolean;
}

/** How a query is asked. */
export interface QueryOptions {
  /** Finds deleted records too (`queryAll`). */
  readonly all?: boolean;
  /** Absent: an API asks. */
  readonly apex?: ApexQuery;
}

/** A parsed and checked query. */
export interface PreparedQuery {
  readonly object: string;
  /** Column headings as Bulk 2.0 names them: `Id`, `Account.Name`. */
  readonly columns: readonly string[];
  /** Why Bulk 2.0 refuses it (aggregates, OFFSET, TYPEOF, child lists), absent when it does not. */
  readonly bulkRefusal?: string;
  /** Runs it now; a consistent view of what is committed. */
  run(): QueryRows;
  /** `SELECT COUNT() …`: the number alone. */
  readonly countOnly: boolean;
  /** Runs it now for Bulk: the matching rows are fixed, their text is made page by page. */
  snapshot(): BulkSnapshot;
}

export interface BulkSnapshot {
  readonly size: number;
  /** CSV lines of rows [from, to), quoted by RFC 4180 where needed, each ended by `lineEnding`; no heading. */
  csv(from: number, to: number, delimiter: string, lineEnding: string): string;
}

/** One record's change, told after its transaction was committed. */
export interface CommittedChange {
  readonly object: string;
  readonly id: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  /** Changed fields with their new values, JSON-typed (datetimes as ISO strings). */
  readonly changed: ReadonlyMap<string, unknown>;
}

export interface CommittedTransaction {
  readonly key: string;
  readonly number: number;
  readonly at: number;
  readonly userId: string;
  readonly origin: string;
  readonly changes: readonly CommittedChange[];
  /** Platform events published by this transaction, in order. */
  readonly events: readonly {
    readonly object: string;
    readonly uuid: string;
    readonly values: ReadonlyMap<string, unknown>;
  }[];
}

/** An error of the whole request, as REST words it: HTTP status, `errorCode`, message. */
export class OrgError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[];

  constructor(status: number, errorCode: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

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

/** Records that the platform keeps by itself as metadata is deployed: no right, no rule and no listener is asked. */
export interface PlatformRecords {
  /** Writes a record, a new one when `id` is absent; returns its ID. Throws `OrgError` for a value that does not fit. */
  put(object: string, values: Readonly<Record<string, unknown>>, id?: string): string;
  remove(object: string, id: string): void;
  /** Makes these the record types that a permission set (18-character ID) grants; others of its keep their grant. */
  grantRecordTypes(permissionSetId: string, grants: readonly RecordTypeGrant[]): void;
}

export interface Schema {
  /** Case-insensitive, like the platform. */
  object(name: string): ObjectDefinition | undefined;
  objectOfId(id: string): ObjectDefinition | undefined;
  objects(): readonly ObjectDefinition[];
  /** The REST describe of an object, as JSON. */
  describe(name: string, session: Session): Record<string, unknown>;
  /** Grows with each change. */
  readonly revision: number;
}

/** What a user may do, beyond what the user's view of the schema shows. */
export interface UserAccess {
  readonly apiEnabled: boolean;
  /** Sees every record of an object, whoever owns it; without it, change events of the object are withheld. */
  viewsAll(object: string): boolean;
}

export interface Org {
  /** 18 characters; another one after a sandbox refresh. */
  readonly id: string;
  readonly clock: OrgClock;
  readonly schema: Schema;
  /** The schema without what the caller cannot read. `schema` has everything. */
  schemaFor(session: Session): Schema;
  accessOf(session: Session): UserAccess;
  /** The administrator and the integration user that a new org has. */
  readonly adminUserId: string;
  readonly integrationUserId: string;
  /** Applies a schema change, or throws `OrgError` with nothing applied. */
  applySchema(change: SchemaChange): void;
  readonly platform: PlatformRecords;
  /** Parses and checks; throws `OrgError` MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE as an org words them. */
  prepare(soql: string, session: Session, options?: QueryOptions): PreparedQuery;
  /** One transaction (a request of up to 200 records; Bulk cuts its own). Results in order. */
  dml(request: DmlRequest): readonly DmlResult[];
  /** Several requests in one transaction, for collections with mixed types, composite and Apex. */
  transaction(
    session: Session,
    work: (dml: (request: Omit<DmlRequest, 'session'>) => readonly DmlResult[]) => void,
  ): void;
  /** One transaction for code that runs inside it, Apex: committed when `work` returns, undone when it throws. */
  open<Result>(session: Session, work: (unit: UnitOfWork) => Result): Result;
  /** From now on `runner` runs the triggers of every write, whatever door it comes by. */
  useTriggers(runner: TriggerRunner): void;
  /** One transaction; each lead by itself: one that fails does not hinder the others. */
  convertLeads(session: Session, conversions: readonly LeadConversion[]): readonly LeadConversionResult[];
  /** One transaction; each merge by itself. */
  mergeRecords(session: Session, merges: readonly MergeRequest[]): readonly MergeResult[];
  /**
   * Settles once the transaction that was executed last is committed, at once when commits are not delayed. A door
   * awaits it between `dml` or `transaction` and its answer: a caller's 2xx comes after the commit.
   */
  whenCommitted(): Promise<void>;
  /** Told in commit order; returns what ends it. */
  onCommit(listener: (transaction: CommittedTransaction) => void): () => void;
  /** Transactions from now on are committed this much later, out of order if it shrinks; their stamps stay when they were made. */
  delayCommits(milliseconds: number): void;
  /** Records that take up data storage, those in the recycle bin included. */
  storedRecords(): number;
  /** Makes the org what a refreshed sandbox is: the same records under another org ID. */
  refreshSandbox(): void;
  /** An org of the same schema and users without its business records, in milliseconds. */
  fork(options?: { readonly clock?: OrgClock; readonly seed?: number }): Org;
}
