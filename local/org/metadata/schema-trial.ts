import type { Component, ComponentFailure } from './component.ts';
import { OrgError } from '../core/index.ts';
import type { FieldDefinition, Org, Schema, SchemaChange } from '../core/index.ts';

/** What came of trying a schema change on a copy of the org. */
export interface SchemaTrial {
  /** The schema after what the core takes of the change; the org's own when it refuses the whole of it. */
  readonly schema: Schema;
  /** The copy on which the whole change was applied; absent when some of it was refused. */
  readonly applied?: Org;
  readonly failures: readonly ComponentFailure[];
}

/** Components that a refusal of the core can name: it begins with `Object`, or `Object.` and the field, rule or record type. */
const PARTS_OF_SCHEMA = new Set([
  'CustomObject',
  'CustomField',
  'ValidationRule',
  'RecordType',
  'MatchingRule',
  'DuplicateRule',
  'SharingOwnerRule',
  'SharingCriteriaRule',
]);

/**
 * Tries a schema change on a copy of the org. A field or a rule that the core refuses is left out and the rest tried
 * again, so that each is told at its own place in its file, and not what merely refers to it.
 */
export function tryChange(org: Org, components: readonly Component[], wanted: SchemaChange): SchemaTrial {
  const failures: ComponentFailure[] = [];
  let change = wanted;
  for (;;) {
    const copy = org.fork();
    try {
      copy.applySchema(change);
      return { schema: copy.schema, failures, ...(failures.length === 0 ? { applied: copy } : {}) };
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      const [place = '', ...words] = error.message.split(': ');
      const culprit = components.find(({ fullName, type }) => fullName === place && PARTS_OF_SCHEMA.has(type));
      const isTold = failures.some(({ type, fullName }) => type === culprit?.type && fullName === culprit.fullName);
      if (culprit === undefined || isTold) {
        failures.push({ ...NOWHERE, message: error.message });
        return { schema: org.schema, failures };
      }
      const { type, fullName, fileName, line, column } = culprit;
      failures.push({ type, fullName, fileName, line, column, message: words.join(': ') });
      if (type === 'CustomObject') return { schema: org.schema, failures };
      change = withoutPart(change, culprit);
    }
  }
}

const NOWHERE = { type: '', fullName: 'package.xml', fileName: 'package.xml', line: 0, column: 0 };

function withoutPart(change: SchemaChange, { type, fullName }: Component): SchemaChange {
  const others = <Rule extends { readonly name: string }>(
    rules: readonly { readonly object: string; readonly rule: Rule }[] = [],
  ) => rules.filter(({ object, rule }) => `${object}.${rule.name}` !== fullName);
  switch (type) {
    case 'ValidationRule':
      return { ...change, rules: others(change.rules) };
    case 'MatchingRule':
      return { ...change, matchingRules: others(change.matchingRules) };
    case 'SharingOwnerRule':
    case 'SharingCriteriaRule':
      return { ...change, sharingRules: others(change.sharingRules) };
    case 'DuplicateRule':
      return { ...change, duplicateRules: others(change.duplicateRules) };
    case 'RecordType': {
      const kept = others((change.recordTypes ?? []).map(({ object, recordType }) => ({ object, rule: recordType })));
      return { ...change, recordTypes: kept.map(({ object, rule }) => ({ object, recordType: rule })) };
    }
    default:
  }
  const isOther = (object: string, field: FieldDefinition): boolean => `${object}.${field.name}` !== fullName;
  return {
    ...change,
    fields: change.fields.filter(({ object, field }) => isOther(object, field)),
    objects: change.objects.map((object) => ({
      ...object,
      fields: new Map([...object.fields].filter(([, field]) => isOther(object.name, field))),
    })),
  };
}
