/** A query as it was written; `at` is where in the text, from 0. */
export interface FieldReference {
  readonly kind: 'field';
  readonly path: readonly string[];
  readonly at: number;
}

export interface FunctionCall {
  readonly kind: 'call';
  /** In capitals: `COUNT`, `CALENDAR_YEAR`, `TOLABEL`. */
  readonly name: string;
  readonly argument: FieldReference | FunctionCall | undefined;
  readonly at: number;
}

export type Expression = FieldReference | FunctionCall;

export interface Literal {
  readonly kind: 'null' | 'string' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'dateName' | 'currency';
  /** As written; for text without the quotes, escapes as they are. */
  readonly text: string;
  readonly at: number;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | Comparison;

export interface Comparison {
  readonly kind: 'comparison';
  readonly left: Expression;
  readonly operator: Operator;
  readonly right: Literal | readonly Literal[] | Query;
}

export type SelectItem =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: string | undefined }
  | { readonly kind: 'fields'; readonly which: 'ALL' | 'STANDARD' | 'CUSTOM' }
  | { readonly kind: 'children'; readonly query: Query }
  | TypeOf;

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END` */
export interface TypeOf {
  readonly kind: 'typeof';
  readonly reference: FieldReference;
  readonly whens: readonly { readonly type: string; readonly at: number; readonly fields: readonly FieldReference[] }[];
  readonly otherwise: readonly FieldReference[] | undefined;
}

export interface Ordering {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export interface Query {
  readonly select: readonly SelectItem[];
  /** Object name, or the name of a child list. */
  readonly from: string;
  readonly fromAt: number;
  readonly alias: string | undefined;
  readonly where: Condition | undefined;
  readonly groupBy: readonly Expression[];
  readonly grouping: 'plain' | 'rollup' | 'cube';
  readonly having: Condition | undefined;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly allRows: boolean;
  /** `WITH USER_MODE` and the like. */
  readonly mode: AccessMode | undefined;
  readonly lock: 'VIEW' | 'REFERENCE' | 'UPDATE' | undefined;
}

export type AccessMode = 'USER_MODE' | 'SYSTEM_MODE' | 'SECURITY_ENFORCED';
