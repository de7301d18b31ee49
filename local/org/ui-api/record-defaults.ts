import { layoutSections } from './layout-fields.ts';
import { objectInfo } from './object-info.ts';
import { defaultRecordTypeId, recordTypeBehind, recordTypeInfos } from './record-types.ts';
import { objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import type { FieldDefinition, RecordTypeDefinition, Session } from '../core/index.ts';

function defaultOf(field: FieldDefinition, type: RecordTypeDefinition | undefined): unknown {
  const ofType = type?.picklists.get(field.name)?.defaultValue;
  if (ofType !== undefined) return ofType;
  const usual = field.picklistValues?.find(({ active, defaultValue }) => active && defaultValue)?.value;
  return usual ?? field.defaultValue ?? (field.type === 'boolean' ? false : null);
}

/**
 * `/ui-api/record-defaults/create/{object}`: the record that a new one begins as, by the object's layout; of the given
 * record type, or of the caller's usual one.
 */
export function recordDefaults(
  world: UiApiWorld,
  session: Session,
  name: string,
  wanted: string | null,
): Record<string, unknown> {
  const object = objectFor(world, session, name);
  const recordTypeId = wanted ?? defaultRecordTypeId(world, session, object);
  const type = recordTypeBehind(world, session, object, recordTypeId);
  const sections = layoutSections(world, object);
  const shown = new Set(sections.flatMap(({ fields }) => fields.map((field) => field.name)));
  const fields = [...object.fields.values()].filter((field) => field.createable && shown.has(field.name));
  return {
    objectInfos: { [object.name]: objectInfo(world, session, object.name) },
    record: {
      apiName: object.name,
      childRelationships: {},
      fields: Object.fromEntries(
        fields.map((field) => [field.name, { displayValue: null, value: defaultOf(field, type) }]),
      ),
      id: null,
      lastModifiedById: null,
      lastModifiedDate: null,
      recordTypeId,
      recordTypeInfo: recordTypeInfos(world, session, object).get(recordTypeId) ?? null,
      systemModstamp: null,
    },
  };
}
