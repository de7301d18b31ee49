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

/** Who sees and edits the records of others, before anyone is granted more. */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite';

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

/** A rule that refuses the records for which its formula is true. */
export interface ValidationRule {
  readonly name: string;
  readonly active: boolean;
  readonly formula: string;
  readonly message: string;
  /** The field that the message belongs to; the whole record when absent. */
  readonly displayField?: string;
}
