import type { ListValue, Value } from './values.ts';

/** An error that a trigger or a class put on a record; `field` is absent for the record as a whole. */
export interface AddedError {
  readonly message: string;
  readonly field: string | undefined;
}

/** An sObject. Names of fields and relationships are as the org spells them. */
export class RecordValue {
  /** Object name; `AggregateResult` for a row of an aggregate query. */
  readonly object: string;
  readonly values = new Map<string, Value>();
  readonly parents = new Map<string, RecordValue | null>();
  readonly children = new Map<string, ListValue>();
  /** The fields that its query asked for; absent when it came from no query. */
  queried: Set<string> | undefined = undefined;
  /** What code has set since it was made or queried. */
  readonly set = new Set<string>();
  readonly errors: AddedError[] = [];
  /** Records of after triggers cannot be changed. */
  readOnly = false;

  constructor(object: string) {
    this.object = object;
  }

  /** Its ID; null while it has none. */
  get id(): string | null {
    const id = this.values.get('Id');
    return typeof id === 'string' ? id : null;
  }

  put(field: string, value: Value): void {
    this.values.set(field, value);
    this.set.add(field);
  }
}
