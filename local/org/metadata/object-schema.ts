import type { ComponentFailure, Component } from './component.ts';
import { elementsNamed, elementText } from './component.ts';
import { duplicateRuleOfComponent, matchingRuleOfComponent } from './duplicate-schema.ts';
import { fieldOfComponent } from './field-schema.ts';
import type { FieldContext } from './field-schema.ts';
import { recordTypeOfComponent } from './record-type-schema.ts';
import { sharingRuleOfComponent } from './sharing-schema.ts';
import { standardPicklists } from './value-sets.ts';
import { childText } from './xml.ts';
import type {
  FieldDefinition,
  ObjectDefinition,
  Org,
  SchemaChange,
  SharingModel,
  ValidationRule,
} from '../core/index.ts';

/** What a deploy makes of the schema: the change to apply, and the components that cannot be. */
export interface PlannedSchema {
  readonly change: SchemaChange;
  readonly failures: readonly ComponentFailure[];
}

function kindOf(component: Component): ObjectDefinition['kind'] | undefined {
  if (component.fullName.endsWith('__e')) return 'event';
  if (component.fullName.endsWith('__mdt')) return 'customMetadata';
  if (!component.fullName.endsWith('__c')) return undefined;
  return elementText(component, 'customSettingsType') === undefined ? 'custom' : 'customSetting';
}

function failureOf(component: Component, message: string): ComponentFailure {
  const { type, fullName, fileName, line, column } = component;
  return { type, fullName, fileName, line, column, message };
}

/** The Name field of a custom object: text of 80, or an auto number. */
function nameField(component: Component): FieldDefinition | string {
  const element = elementsNamed(component, 'nameField')[0];
  if (!element) return 'Must specify a nameField for a CustomObject';
  const label = childText(element, 'label')?.trim();
  if (!label) return 'Must specify a non-empty label for the nameField';
  const auto = childText(element, 'type')?.trim() === 'AutoNumber';
  return {
    name: 'Name',
    label,
    type: 'string',
    custom: false,
    length: 80,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: true,
    createable: !auto,
    updateable: !auto,
    nillable: true,
    filterable: true,
    referenceTo: [],
    calculated: false,
    ...(auto ? { autoNumber: childText(element, 'displayFormat')?.trim() ?? '{0}' } : {}),
  };
}

function checkObject(component: Component, kind: ObjectDefinition['kind']): string | undefined {
  for (const required of kind === 'customSetting' ? ['label'] : ['label', 'pluralLabel']) {
    if (!elementText(component, required)) return `Must specify a non-empty ${required} for the CustomObject`;
  }
  const settingsType = elementText(component, 'customSettingsType');
  if (settingsType !== undefined && settingsType !== 'Hierarchy') {
    return `not yet: custom settings of the type ${settingsType} in the local org; custom metadata holds lists too`;
  }
  if (kind === 'custom' && !elementText(component, 'sharingModel')) return 'Must specify a sharingModel';
  if ((kind === 'custom' || kind === 'event') && !elementText(component, 'deploymentStatus')) {
    return 'Must specify a deploymentStatus';
  }
  if (kind === 'event' && elementText(component, 'eventType') !== 'HighVolume') {
    return 'You can not create a platform event of another eventType than HighVolume';
  }
  return undefined;
}

/** What is controlled by its parent is shared as that is, whatever it says itself. */
function sharingOf(component: Component): { readonly sharingModel?: SharingModel } {
  const written = elementText(component, 'sharingModel')?.trim();
  const model = (['Private', 'Read', 'ReadWrite'] as const).find((name) => name === written);
  return model === undefined ? {} : { sharingModel: model };
}

function makeObject(component: Component, kind: ObjectDefinition['kind']): ObjectDefinition | string {
  const problem = checkObject(component, kind);
  if (problem !== undefined) return problem;
  const name = kind === 'custom' ? nameField(component) : undefined;
  if (typeof name === 'string') return name;
  const label = elementText(component, 'label') ?? '';
  return {
    name: component.fullName,
    label,
    labelPlural: elementText(component, 'pluralLabel') ?? label,
    // The core gives each new object its prefix.
    keyPrefix: '',
    kind,
    ...sharingOf(component),
    fields: new Map(name ? [[name.name, name]] : []),
    ...(kind === 'event'
      ? {
          publishBehavior:
            elementText(component, 'publishBehavior') === 'PublishAfterCommit'
              ? ('PublishAfterCommit' as const)
              : ('PublishImmediately' as const),
        }
      : {}),
  };
}

function ruleOf(component: Component): { readonly made: ValidationRule } | { readonly problem: string } {
  const [, name = ''] = component.fullName.split('.');
  const displayField = elementText(component, 'errorDisplayField');
  const message = elementText(component, 'errorMessage') ?? '';
  if (message === '' || message.length > 255)
    return { problem: 'The errorMessage of a validation rule must have 1 to 255 characters' };
  return {
    made: {
      name,
      active: elementText(component, 'active') === 'true',
      formula: elementText(component, 'errorConditionFormula') ?? '',
      message,
      ...(displayField === undefined ? {} : { displayField }),
    },
  };
}

const isSummary = (component: Component): boolean =>
  component.type === 'CustomField' && elementText(component, 'type') === 'Summary';

/** What a schema change needs to know beyond the components of the deploy. */
export interface SchemaContext {
  readonly valueSet: FieldContext['valueSet'];
  /** A BusinessProcess by its full name. */
  readonly process: (fullName: string) => Component | undefined;
  readonly removed: {
    readonly objects: readonly string[];
    readonly fields: SchemaChange['removedFields'];
    readonly rules: NonNullable<SchemaChange['removedRules']>;
    readonly sharingRules: NonNullable<SchemaChange['removedSharingRules']>;
    readonly matchingRules: NonNullable<SchemaChange['removedMatchingRules']>;
    readonly duplicateRules: NonNullable<SchemaChange['removedDuplicateRules']>;
  };
}

/**
 * Turns the components of a deploy that make up the schema into a change of it: objects, fields, rules, record types,
 * standard value sets. Standard fields change nothing here.
 */
export function planSchema(
  org: Org,
  components: readonly Component[],
  { valueSet, process, removed }: SchemaContext,
): PlannedSchema {
  const failures: ComponentFailure[] = [];
  const objects = new Map<string, ObjectDefinition>();
  const sharing: { object: string; model: SharingModel }[] = [];
  for (const component of components) {
    if (component.type !== 'CustomObject') continue;
    const known = org.schema.object(component.fullName);
    const kind = kindOf(component);
    if (kind === undefined) {
      if (!known) failures.push(failureOf(component, `The local org has no standard object ${component.fullName}`));
      const { sharingModel: model } = sharingOf(component);
      if (known && model !== undefined) sharing.push({ object: known.name, model });
      continue;
    }
    // A file with nothing but parts (a field added to an object of the org) does not define the object anew.
    if (known && component.elements.length === 0) continue;
    const made = makeObject(component, kind);
    if (typeof made === 'string') failures.push(failureOf(component, made));
    else objects.set(made.name.toLowerCase(), made);
  }
  const gone = new Set(removed.objects.map((name) => name.toLowerCase()));
  const hasObject = (name: string): boolean =>
    objects.has(name.toLowerCase()) || (org.schema.object(name) !== undefined && !gone.has(name.toLowerCase()));
  const fields: { object: string; field: FieldDefinition }[] = [];
  const fieldOf = (object: string, name: string): FieldDefinition | undefined => {
    const made = objects.get(object.toLowerCase())?.fields.get(name);
    const added = fields.find((each) => each.object.toLowerCase() === object.toLowerCase() && each.field.name === name);
    return made ?? added?.field ?? org.schema.object(object)?.fields.get(name);
  };
  // A summary is of the type of what it sums up, so the others are made first.
  const summariesLast = components.toSorted((one, other) => Number(isSummary(one)) - Number(isSummary(other)));
  for (const component of summariesLast) {
    if (component.type !== 'CustomField') continue;
    const [object = '', name = ''] = component.fullName.split('.');
    if (!hasObject(object)) {
      failures.push(failureOf(component, `Entity Enumeration Or ID: no CustomObject named ${object} found`));
      continue;
    }
    if (!name.endsWith('__c') && org.schema.object(object)?.fields.has(name)) continue;
    const field = fieldOfComponent(component, { hasObject, field: fieldOf, valueSet });
    if ('problem' in field) {
      failures.push(failureOf(component, field.problem));
      continue;
    }
    const own = objects.get(object.toLowerCase());
    if (own) objects.set(object.toLowerCase(), { ...own, fields: new Map([...own.fields, [name, field.made]]) });
    else fields.push({ object, field: field.made });
  }
  const picklists: NonNullable<SchemaChange['picklists']>[number][] = [];
  for (const component of components) {
    if (component.type !== 'StandardValueSet') continue;
    const made = standardPicklists(component);
    if ('problem' in made) failures.push(failureOf(component, made.problem));
    else picklists.push(...made.made);
  }
  /** Components of a type, each made into what its object keeps of it. */
  const madeOf = <Rule>(
    type: string,
    make: (component: Component) => { readonly made: Rule } | { readonly problem: string },
  ): { object: string; rule: Rule }[] =>
    components.flatMap((component) => {
      if (component.type !== type) return [];
      const [object = ''] = component.fullName.split('.');
      const made = hasObject(object)
        ? make(component)
        : { problem: `Entity Enumeration Or ID: no CustomObject named ${object} found` };
      if ('made' in made) return [{ object, rule: made.made }];
      failures.push(failureOf(component, made.problem));
      return [];
    });
  const rules = madeOf('ValidationRule', ruleOf);
  const recordTypes = madeOf('RecordType', (component) => recordTypeOfComponent(component, process)).map(
    ({ object, rule }) => ({ object, recordType: rule }),
  );
  const matchingRules = madeOf('MatchingRule', matchingRuleOfComponent);
  const sharingRules = ['SharingOwnerRule', 'SharingCriteriaRule'].flatMap((type) =>
    madeOf(type, sharingRuleOfComponent),
  );
  const duplicateRules = madeOf('DuplicateRule', duplicateRuleOfComponent);
  const change: SchemaChange = {
    objects: [...objects.values()],
    fields,
    removedObjects: removed.objects,
    removedFields: removed.fields,
    rules,
    sharing,
    removedRules: removed.rules,
    recordTypes,
    picklists,
    matchingRules,
    duplicateRules,
    sharingRules,
    removedSharingRules: removed.sharingRules,
    removedMatchingRules: removed.matchingRules,
    removedDuplicateRules: removed.duplicateRules,
  };
  return { change, failures };
}
