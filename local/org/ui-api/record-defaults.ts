import { layoutSections } from './layout-fields.ts';
import { objectInfo } from './object-info.ts';
import { MASTER_RECORD_TYPE, objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import type { FieldDefinition, Session } from '../core/index.ts';

function defaultOf(field: FieldDefinition): unknown {
  const usual = field.picklistValues?.find(({ active, defaultValue }) => active && defaultValue)?.value;
  return usual ?? field.defaultValue ?? (field.type === 'boolean' ? false : null);
}

/** `/ui-api/record-defaults/create/{object}`: the record that a new one begins as, by the object's layout. */
export function recordDefaults(world: UiApiWorld, session: Session, name: string): Record<string, unknown> {
  const object = objectFor(world, session, name);
  const sections = layoutSections(world, object);
  const shown = new Set(sections.flatMap(({ fields }) => fields.map((field) => field.name)));
  const fields = [...object.fields.values()].filter((field) => field.createable && shown.has(field.name));
  return {
    objectInfos: { [object.name]: objectInfo(world, session, object.name) },
    record: {
      apiName: object.name,
      childRelationships: {},
      fields: Object.fromEntries(fields.map((field) => [field.name, { displayValue: null, value: defaultOf(field) }])),
      id: null,
      lastModifiedById: null,
      lastModifiedDate: null,
      recordTypeId: MASTER_RECORD_TYPE,
      recordTypeInfo: null,
      systemModstamp: null,
    },
  };
}
