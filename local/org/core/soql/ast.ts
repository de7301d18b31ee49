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
  readonly argument: FieldReference | undefined;
  readonly at: number;
}

export type Expression = FieldReference | FunctionCall;

export interface Literal {
  readonly kind: 'null' | 'string' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'dateName';
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
  | { readonly kind: 'children'; readonly query: Query };

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
  readonly having: Condition | undefined;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly allRows: boolean;
}
