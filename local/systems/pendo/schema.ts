import type { Field, Kind } from './fields.ts';

/** Groups that Pendo keeps itself, and answers with a refusal to writes. */
export const computedGroup = 'auto';

const times = ['firstvisit', 'lastvisit', 'lastupdated', 'createdat'];

function autoFields(kind: Kind): Map<string, Field> {
  const fields = new Map<string, Field>([
    ['id', { type: 'string', displayName: kind === 'visitor' ? 'Visitor ID' : 'Account ID' }],
  ]);
  fields.set('idhash', { type: 'integer', displayName: 'ID Hash' });
  for (const name of times) fields.set(name, { type: 'time', displayName: name });
  if (kind === 'visitor') {
    fields.set('accountid', { type: 'string', displayName: 'Account ID' });
    fields.set('accountids', { type: 'list', displayName: 'Account IDs', elementType: 'string' });
  }
  return fields;
}

/**
 * The data mappings of one kind: which fields there are, by group. Names are compared and kept in lower case.
 * An admin makes fields on Pendo's pages; the API has no call for it.
 */
export class Schema {
  readonly kind: Kind;
  readonly #groups = new Map<string, Map<string, Field>>();

  constructor(kind: Kind) {
    this.kind = kind;
    for (const group of ['agent', 'custom', 'salesforce']) this.#groups.set(group, new Map());
    this.#groups.set(computedGroup, autoFields(kind));
    this.#groups.set('pendo', new Map());
    this.define('pendo', 'donotprocess', { type: 'boolean', displayName: 'Do not process' });
  }

  has(group: string): boolean {
    return this.#groups.has(group);
  }

  field(group: string, name: string): Field | undefined {
    return this.#groups.get(group)?.get(name.toLowerCase());
  }

  define(group: string, name: string, field: Field): void {
    let fields = this.#groups.get(group);
    if (fields === undefined) this.#groups.set(group, (fields = new Map<string, Field>()));
    fields.set(name.toLowerCase(), field);
  }

  remove(group: string, name: string): boolean {
    return this.#groups.get(group)?.delete(name.toLowerCase()) ?? false;
  }

  *all(): Generator<{ readonly group: string; readonly name: string; readonly field: Field }> {
    for (const [group, fields] of this.#groups) for (const [name, field] of fields) yield { group, name, field };
  }

  /** As `GET /metadata/schema/{kind}` answers; the mixed casing is Pendo's. */
  describe(sampleOf: (group: string, name: string) => unknown): Record<string, Record<string, unknown>> {
    const described: Record<string, Record<string, unknown>> = {};
    for (const { group, name, field } of this.all()) {
      (described[group] ??= {})[name] = {
        Type: field.type,
        DisplayName: field.displayName,
        ElementType: field.elementType ?? '',
        ElementFormat: '',
        Dirty: false,
        isHidden: false,
        isDeleted: false,
        isCalculated: false,
        isPerApp: false,
        neverIndex: false,
        sample: sampleOf(group, name) ?? null,
      };
    }
    return described;
  }
}
