/** A formula as it is written; `at` is the place in its text, from 0. */
export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'negative'; readonly operand: Node; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | Reference
  | Call;

/** A field or a global: `Status__c`, `Sync__r.Name`, `Owner:User.Email`, `$User.Id`. */
export interface Reference {
  readonly kind: 'reference';
  readonly path: string;
  readonly at: number;
}

export interface Call {
  readonly kind: 'call';
  /** In capitals. */
  readonly name: string;
  readonly parameters: readonly Node[];
  readonly at: number;
}

/** `==` is read as `=`, `!=` as `<>`. */
export type BinaryOperator = '||' | '&&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '&' | '+' | '-' | '*' | '/' | '^';
