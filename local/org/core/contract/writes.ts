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
