import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { pickedValues } from './picklist-values.ts';
import { summaryOfComponent, summaryPrecision, summaryType } from './summary-schema.ts';
import { childText, childrenNamed } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { FieldDefinition, FieldType, PicklistValue } from '../core/index.ts';

/** What a field needs to know beyond its own file. */
export interface FieldContext {
  /** Whether an object of that name will exist after the deploy. */
  hasObject(name: string): boolean;
  /** A field of an object as it will be after the deploy, as far as that is known before fields are made. */
  field(object: string, name: string): FieldDefinition | undefined;
  /** The values of a global value set, undefined when there is none of that name. */
  valueSet(name: string): readonly XmlElement[] | undefined;
}

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Lookup: 'reference',
  MasterDetail: 'reference',
  Hierarchy: 'reference',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Url: 'url',
  EncryptedText: 'encryptedstring',
  Summary: 'double',
  Time: 'time',
};

/** Fixed lengths of the types whose file says none (Metadata API Developer Guide, "Metadata Field Types"). */
const LENGTHS: Readonly<Record<string, number>> = {
  AutoNumber: 30,
  Lookup: 18,
  MasterDetail: 18,
  Hierarchy: 18,
  Email: 80,
  Phone: 40,
  Picklist: 255,
  MultiselectPicklist: 4099,
  TextArea: 255,
  Url: 255,
};

const WITH_LENGTH = new Set(['Text', 'LongTextArea', 'Html', 'EncryptedText']);
const WITH_PRECISION = new Set(['Number', 'Currency', 'Percent']);
const MAY_BE_KEY = new Set(['Text', 'Number', 'Email', 'AutoNumber']);
const MAY_BE_REQUIRED_NEVER = new Set(['Checkbox', 'LongTextArea', 'Html', 'AutoNumber', 'Summary']);

const MAY_BE_FORMULA = new Set(['Checkbox', 'Currency', 'Date', 'DateTime', 'Number', 'Percent', 'Text', 'Time']);

type Made<T> = { readonly made: T } | { readonly problem: string };

/** A default is a literal, or a formula that gives one. */
function defaultOf(
  kind: string,
  text: string | undefined,
): Made<Pick<FieldDefinition, 'defaultValue' | 'defaultFormula'>> {
  if (text === undefined) return { made: {} };
  if (kind === 'Checkbox') return { made: { defaultValue: text === 'true' } };
  if (WITH_PRECISION.has(kind) && /^-?\d+(\.\d+)?$/.test(text)) return { made: { defaultValue: Number(text) } };
  const [, , quoted] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  if (quoted !== undefined) return { made: { defaultValue: quoted } };
  if (MAY_BE_FORMULA.has(kind)) return { made: { defaultFormula: text } };
  return { problem: `not yet: the local org cannot evaluate the default value formula ${text}; use a literal` };
}

function picklistValues(component: Component, context: FieldContext): Made<readonly PicklistValue[]> {
  const valueSet = elementsNamed(component, 'valueSet')[0];
  if (!valueSet) return { problem: 'Picklist field must have a value set' };
  const name = childText(valueSet, 'valueSetName')?.trim();
  const definition = childrenNamed(valueSet, 'valueSetDefinition')[0];
  const values = name === undefined ? definition && childrenNamed(definition, 'value') : context.valueSet(name);
  if (!values) return { problem: `In field: valueSetName - no GlobalValueSet named ${name ?? ''} found` };
  return pickedValues(values, childrenNamed(valueSet, 'valueSettings'));
}

function checkShape(component: Component, kind: string, context: FieldContext): string | undefined {
  const number = (name: string): number | undefined => {
    const text = elementText(component, name);
    return text === undefined ? undefined : Number(text);
  };
  const length = number('length');
  const formula = elementText(component, 'formula');
  if (WITH_LENGTH.has(kind) && formula === undefined) {
    if (length === undefined) return `Must specify 'length' for a CustomField of type ${kind}`;
    const most = kind === 'Text' ? 255 : kind === 'EncryptedText' ? 175 : 131072;
    const least = kind === 'LongTextArea' || kind === 'Html' ? 256 : 1;
    if (length < least || length > most) return `Invalid length ${length}: must be between ${least} and ${most}`;
  } else if (length !== undefined) {
    return `Can not specify 'length' for a CustomField of type ${kind}`;
  }
  if ((kind === 'LongTextArea' || kind === 'Html') && number('visibleLines') === undefined) {
    return `Must specify 'visibleLines' for a CustomField of type ${kind}`;
  }
  if (WITH_PRECISION.has(kind) && formula === undefined) {
    const precision = number('precision');
    const scale = number('scale');
    if (precision === undefined) return `Must specify 'precision' for a CustomField of type ${kind}`;
    if (scale === undefined) return `Must specify 'scale' for a CustomField of type ${kind}`;
    if (precision > 18 || scale > precision) return `Precision ${precision} and scale ${scale} are out of range`;
  }
  for (const flag of ['externalId', 'unique']) {
    if (elementText(component, flag) === 'true' && !MAY_BE_KEY.has(kind)) {
      return `Can not specify '${flag}' for a CustomField of type ${kind}`;
    }
  }
  if (elementText(component, 'required') === 'true' && MAY_BE_REQUIRED_NEVER.has(kind)) {
    return `Can not specify 'required' for a CustomField of type ${kind}`;
  }
  if (formula !== undefined && !MAY_BE_FORMULA.has(kind))
    return `Can not specify 'formula' for a CustomField of type ${kind}`;
  if (formula === '') return "Can not specify an empty 'formula' for a CustomField";
  if (kind === 'Checkbox' && formula === undefined && !elementText(component, 'defaultValue')) {
    return "Must specify 'defaultValue' for a CustomField of type Checkbox";
  }
  if (FIELD_TYPES[kind] === 'reference') {
    const target = elementText(component, 'referenceTo');
    if (!target) return `Must specify 'referenceTo' for a CustomField of type ${kind}`;
    if (!context.hasObject(target)) return `referenceTo value of '${target}' does not resolve to a valid sObject type`;
    if (!elementText(component, 'relationshipName') && kind === 'MasterDetail') {
      return "Must specify 'relationshipName' for a CustomField of type MasterDetail";
    }
  }
  return undefined;
}

function deleteConstraintOf(component: Component, kind: string): Partial<Pick<FieldDefinition, 'deleteConstraint'>> {
  if (kind === 'MasterDetail') return { deleteConstraint: 'Cascade' };
  if (kind !== 'Lookup') return {};
  const said = elementText(component, 'deleteConstraint');
  if (said === 'Restrict' || said === 'Cascade') return { deleteConstraint: said };
  return { deleteConstraint: elementText(component, 'required') === 'true' ? 'Restrict' : 'SetNull' };
}

/** A text formula may have 1,300 characters (Salesforce Help, "Formula Field Limits and Restrictions"). */
function usualLength(kind: string, formula: string | undefined): number | undefined {
  return kind === 'Text' && formula !== undefined ? 1300 : LENGTHS[kind];
}

function treatBlanks(text: string | undefined): 'BlankAsBlank' | 'BlankAsZero' {
  return text === 'BlankAsBlank' ? text : 'BlankAsZero';
}

/** The definition that a CustomField component makes, or the first problem with it. */
export function fieldOfComponent(component: Component, context: FieldContext): Made<FieldDefinition> {
  const name = component.fullName.slice(component.fullName.indexOf('.') + 1);
  const kind = elementText(component, 'type') ?? '';
  const summary = kind === 'Summary' ? summaryOfComponent(component) : undefined;
  if (summary && 'problem' in summary) return summary;
  const type = summary ? summaryType(summary.made, context) : FIELD_TYPES[kind];
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*__c$/.test(name)) {
    return {
      problem: `The field name ${name} can only contain letters, numbers and single underscores, and ends in __c`,
    };
  }
  if (kind === '') return { problem: 'Required field is missing: type' };
  if (!type) return { problem: `not yet: the local org does not hold fields of type ${kind}` };
  const label = elementText(component, 'label');
  if (!label) return { problem: 'Must specify a non-empty label for the CustomField' };
  const shapeProblem = checkShape(component, kind, context);
  if (shapeProblem) return { problem: shapeProblem };
  const picklist = type === 'picklist' || type === 'multipicklist' ? picklistValues(component, context) : undefined;
  if (picklist && 'problem' in picklist) return picklist;
  const defaultValue = defaultOf(kind, elementText(component, 'defaultValue'));
  if ('problem' in defaultValue) return defaultValue;

  const text = (element: string): string | undefined => elementText(component, element);
  const flag = (element: string): boolean => text(element) === 'true';
  const formula = text('formula');
  const calculated = formula !== undefined || kind === 'Summary';
  const required = flag('required') || kind === 'MasterDetail';
  const length = text('length') === undefined ? usualLength(kind, formula) : Number(text('length'));
  const referenceTo = type === 'reference' ? [text('referenceTo') ?? ''] : [];
  const childName = text('relationshipName');
  const displayFormat = text('displayFormat');
  const description = text('description');
  const inlineHelpText = text('inlineHelpText');
  const restricted = elementsNamed(component, 'valueSet')[0];
  const controllingField = restricted && childText(restricted, 'controllingField')?.trim();
  return {
    made: {
      name,
      label,
      type,
      custom: true,
      ...(length === undefined ? {} : { length }),
      ...(WITH_PRECISION.has(kind)
        ? { precision: Number(text('precision') ?? 18), scale: Number(text('scale') ?? 0) }
        : {}),
      required,
      unique: flag('unique'),
      caseSensitive: flag('caseSensitive'),
      externalId: flag('externalId'),
      idLookup: flag('externalId'),
      createable: !calculated && kind !== 'AutoNumber',
      updateable: !calculated && kind !== 'AutoNumber' && (kind !== 'MasterDetail' || flag('reparentableMasterDetail')),
      nillable: !required && type !== 'boolean',
      filterable: !['LongTextArea', 'Html', 'EncryptedText'].includes(kind),
      ...defaultValue.made,
      ...(picklist
        ? {
            picklistValues: picklist.made,
            ...(controllingField === undefined ? {} : { controllingField }),
            restricted: restricted !== undefined && childText(restricted, 'restricted')?.trim() === 'true',
          }
        : {}),
      referenceTo,
      ...(type === 'reference' ? { relationshipName: name.replace(/__c$/, '__r') } : {}),
      ...(childName === undefined ? {} : { childRelationshipName: `${childName}__r` }),
      ...deleteConstraintOf(component, kind),
      calculated,
      ...(summary ? { summary: summary.made, ...summaryPrecision(summary.made, context) } : {}),
      ...(formula === undefined ? {} : { formula, formulaTreatBlanksAs: treatBlanks(text('formulaTreatBlanksAs')) }),
      ...(kind === 'AutoNumber' ? { autoNumber: displayFormat ?? '{0}' } : {}),
      ...(description === undefined ? {} : { description }),
      ...(inlineHelpText === undefined ? {} : { inlineHelpText }),
    },
  };
}
