import type { OrgObject } from '../describe.ts';
import { longId } from './key.ts';
import type { Values } from './outgoing.ts';

/** Picklist values of one record type, by field. */
export type RecordTypeValues = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Why the org would not take a record's choices: a value outside a restricted list (K-28), the label in the place of the
 * API value (K-30), a record type that the user may not use (K-34). No value is named.
 * @param ofRecordType Values that the record's type offers; absent where that is not known.
 */
export function choiceProblem(
  object: OrgObject,
  values: Values,
  ofRecordType: RecordTypeValues | undefined,
): string | undefined {
  const recordType = recordTypeProblem(object, values['RecordTypeId']);
  if (recordType !== undefined) return recordType;
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name.toLowerCase());
    if (!field || typeof value !== 'string' || field.values.length === 0) continue;
    const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
    const offered = ofRecordType?.get(field.name);
    const known = new Set(field.values.map((each) => each.value));
    for (const choice of chosen) {
      const listed = known.has(choice);
      if (listed && (!offered || offered.has(choice))) continue;
      if (!listed && field.values.some(({ label }) => label === choice)) {
        return `${field.name} got the label of a value, where its API value is needed`;
      }
      if (listed) return `${field.name} does not take this value with the record type of the record`;
      if (field.restricted) return `${field.name} takes the values of its list alone`;
    }
  }
  return undefined;
}

function recordTypeProblem({ recordTypes, name }: OrgObject, id: unknown): string | undefined {
  if (typeof id !== 'string' || recordTypes.length === 0) return undefined;
  const found = recordTypes.find((each) => each.id === longId(id));
  if (!found) return `RecordTypeId names no record type of ${name}`;
  return found.available ? undefined : `the record type ${found.name} is not available to the integration user`;
}
