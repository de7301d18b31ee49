import type { Thread } from '../runtime/thread.ts';
import { throwApex } from '../runtime/throw.ts';
import {
  type Described,
  describeField,
  describeObject,
  fieldToken,
  type FieldToken,
  type ObjectToken,
  objectToken,
} from '../runtime/tokens.ts';
import { known } from '../types/index.ts';
import { type Key, ListValue, MapValue, NativeValue, RecordValue, type Value } from '../values/index.ts';
import { define } from './define.ts';
import { enumValue } from './enums.ts';

const described = (self: NativeValue) => self.state as Described;

const flag = (name: string) => (_thread: Thread, self: NativeValue) => described(self).json[name] === true;

const text = (name: string) => (_thread: Thread, self: NativeValue) =>
  (described(self).json[name] as string | null) ?? null;

const number = (name: string) => (_thread: Thread, self: NativeValue) => Number(described(self).json[name] ?? 0);

function fieldMap(thread: Thread, object: string): MapValue {
  const fields = thread.host.org.schema.object(object)?.fields ?? new Map<string, unknown>();
  return caseless([...fields.keys()].map((name) => [name, fieldToken(object, name)] as const));
}

/** A map of the schema: it finds by names in any case, and its keys are in lower case. */
function caseless(pairs: readonly (readonly [string, Value])[]): MapValue {
  const entries = new (class extends Map<Key, { readonly key: Value; value: Value }> {
    override get(key: Key) {
      return super.get(typeof key === 'string' ? key.toLowerCase() : key);
    }

    override has(key: Key) {
      return super.has(typeof key === 'string' ? key.toLowerCase() : key);
    }
  })();
  for (const [name, value] of pairs) entries.set(name.toLowerCase(), { key: name.toLowerCase(), value });
  return new MapValue(entries);
}

const accessible = (_thread: Thread, self: NativeValue) => described(self).json['accessible'] !== false;

define('Schema.SObjectType', {
  methods: {
    'Schema.DescribeSObjectResult getDescribe()': (thread: Thread, self: NativeValue) =>
      describeObject(thread, (self.state as ObjectToken).object),
    'Schema.DescribeSObjectResult getDescribe(SObjectDescribeOptions)': (thread: Thread, self: NativeValue) =>
      describeObject(thread, (self.state as ObjectToken).object),
    'SObject newSObject()': (_thread: Thread, self: NativeValue) => new RecordValue((self.state as ObjectToken).object),
    'SObject newSObject(Id)': (_thread: Thread, self: NativeValue, id: string) => {
      const record = new RecordValue((self.state as ObjectToken).object);
      record.put('Id', id);
      return record;
    },
  },
});

define('Schema.SObjectField', {
  methods: {
    'Schema.DescribeFieldResult getDescribe()': (thread: Thread, self: NativeValue) => {
      const { object, field } = self.state as FieldToken;
      return describeField(thread, object, field);
    },
  },
});

interface FieldsState {
  readonly object: string;
}

define('Schema.SObjectTypeFields', {
  methods: {
    'Map<String,Schema.SObjectField> getMap()': (thread: Thread, self: NativeValue) =>
      fieldMap(thread, (self.state as FieldsState).object),
  },
});

define('Schema.ChildRelationship', {
  methods: {
    'String getRelationshipName()': text('relationshipName'),
    'Schema.SObjectType getChildSObject()': (_thread: Thread, self: NativeValue) =>
      objectToken(String(described(self).json['childSObject'])),
    'Schema.SObjectField getField()': (_thread: Thread, self: NativeValue) =>
      fieldToken(String(described(self).json['childSObject']), String(described(self).json['field'])),
  },
});

define('Schema.RecordTypeInfo', {
  methods: {
    'Id getRecordTypeId()': text('recordTypeId'),
    'String getName()': text('name'),
    'String getDeveloperName()': text('developerName'),
    'Boolean isAvailable()': flag('available'),
    'Boolean isMaster()': flag('master'),
    'Boolean isActive()': flag('active'),
    'Boolean isDefaultRecordTypeMapping()': flag('defaultRecordTypeMapping'),
  },
});

type Json = Readonly<Record<string, unknown>>;

const partsOf = (self: NativeValue, name: string): readonly Json[] =>
  (described(self).json[name] as readonly Json[] | undefined) ?? [];

function parts(className: string, self: NativeValue, name: string): NativeValue[] {
  const { object } = described(self);
  return partsOf(self, name).map(
    (json) => new NativeValue(known(className), { text: className, json, object } satisfies Described),
  );
}

function recordTypesBy(self: NativeValue, key: string): MapValue {
  const infos = parts('Schema.RecordTypeInfo', self, 'recordTypeInfos');
  return new MapValue(
    new Map(
      infos.map((info) => {
        const name = String(described(info).json[key]);
        return [name, { key: name, value: info }];
      }),
    ),
  );
}

define('Schema.DescribeSObjectResult', {
  properties: {
    'Schema.SObjectTypeFields fields': (_thread: Thread, self: NativeValue) =>
      new NativeValue(known('Schema.SObjectTypeFields'), { object: described(self).object } satisfies FieldsState),
  },
  methods: {
    'String getName()': text('name'),
    'String getLocalName()': text('name'),
    'String getLabel()': text('label'),
    'String getLabelPlural()': text('labelPlural'),
    'String getKeyPrefix()': text('keyPrefix'),
    'Schema.SObjectType getSObjectType()': (_thread: Thread, self: NativeValue) => objectToken(described(self).object),
    'List<Schema.ChildRelationship> getChildRelationships()': (_thread: Thread, self: NativeValue) =>
      new ListValue(parts('Schema.ChildRelationship', self, 'childRelationships')),
    'List<Schema.RecordTypeInfo> getRecordTypeInfos()': (_thread: Thread, self: NativeValue) =>
      new ListValue(parts('Schema.RecordTypeInfo', self, 'recordTypeInfos')),
    'Map<String,Schema.RecordTypeInfo> getRecordTypeInfosByDeveloperName()': (_thread: Thread, self: NativeValue) =>
      recordTypesBy(self, 'developerName'),
    'Map<String,Schema.RecordTypeInfo> getRecordTypeInfosByName()': (_thread: Thread, self: NativeValue) =>
      recordTypesBy(self, 'name'),
    'Boolean isAccessible()': accessible,
    'Boolean isCreateable()': flag('createable'),
    'Boolean isUpdateable()': flag('updateable'),
    'Boolean isDeletable()': flag('deletable'),
    'Boolean isUndeletable()': flag('undeletable'),
    'Boolean isQueryable()': flag('queryable'),
    'Boolean isSearchable()': flag('searchable'),
    'Boolean isCustom()': flag('custom'),
    'Boolean isCustomSetting()': flag('customSetting'),
    'Boolean isMergeable()': flag('mergeable'),
    'Boolean isFeedEnabled()': flag('feedEnabled'),
  },
});

define('Schema.PicklistEntry', {
  methods: {
    'String getValue()': text('value'),
    'String getLabel()': text('label'),
    'Boolean isActive()': flag('active'),
    'Boolean isDefaultValue()': flag('defaultValue'),
  },
});

const displayNames: Readonly<Record<string, string>> = { int: 'INTEGER' };

define('Schema.DescribeFieldResult', {
  methods: {
    'String getName()': text('name'),
    'String getLocalName()': text('name'),
    'String getLabel()': text('label'),
    'String getInlineHelpText()': text('inlineHelpText'),
    'String getRelationshipName()': text('relationshipName'),
    'String getCompoundFieldName()': text('compoundFieldName'),
    'String getCalculatedFormula()': text('calculatedFormula'),
    'Integer getLength()': number('length'),
    'Integer getByteLength()': number('byteLength'),
    'Integer getDigits()': number('digits'),
    'Integer getPrecision()': number('precision'),
    'Integer getScale()': number('scale'),
    'Schema.DisplayType getType()': (_thread: Thread, self: NativeValue) => {
      const type = String(described(self).json['type']);
      return enumValue('Schema.DisplayType', displayNames[type] ?? type.toUpperCase());
    },
    'Schema.SoapType getSoapType()': (_thread: Thread, self: NativeValue) =>
      enumValue('Schema.SoapType', String(described(self).json['soapType']).replace(/^\w+:/, '').toUpperCase()),
    'Schema.SObjectField getSObjectField()': (_thread: Thread, self: NativeValue) =>
      fieldToken(described(self).object, String(described(self).json['name'])),
    'Schema.SObjectType getSObjectType()': (_thread: Thread, self: NativeValue) => objectToken(described(self).object),
    'List<Schema.SObjectType> getReferenceTo()': (_thread: Thread, self: NativeValue) =>
      new ListValue(
        ((described(self).json['referenceTo'] as readonly string[] | undefined) ?? []).map((name) => objectToken(name)),
      ),
    'List<Schema.PicklistEntry> getPicklistValues()': (_thread: Thread, self: NativeValue) =>
      new ListValue(parts('Schema.PicklistEntry', self, 'picklistValues')),
    'Object getDefaultValue()': (_thread: Thread, self: NativeValue) =>
      (described(self).json['defaultValue'] as Value | undefined) ?? null,
    'Boolean isAccessible()': accessible,
    'Boolean isAutoNumber()': flag('autoNumber'),
    'Boolean isCalculated()': flag('calculated'),
    'Boolean isCaseSensitive()': flag('caseSensitive'),
    'Boolean isCreateable()': flag('createable'),
    'Boolean isCustom()': flag('custom'),
    'Boolean isDefaultedOnCreate()': flag('defaultedOnCreate'),
    'Boolean isDependentPicklist()': flag('dependentPicklist'),
    'Boolean isEncrypted()': flag('encrypted'),
    'Boolean isExternalId()': flag('externalId'),
    'Boolean isFilterable()': flag('filterable'),
    'Boolean isGroupable()': flag('groupable'),
    'Boolean isHtmlFormatted()': flag('htmlFormatted'),
    'Boolean isIdLookup()': flag('idLookup'),
    'Boolean isNameField()': flag('nameField'),
    'Boolean isNamePointing()': flag('namePointing'),
    'Boolean isNillable()': flag('nillable'),
    'Boolean isPermissionable()': flag('permissionable'),
    'Boolean isRestrictedPicklist()': flag('restrictedPicklist'),
    'Boolean isSortable()': flag('sortable'),
    'Boolean isUnique()': flag('unique'),
    'Boolean isUpdateable()': flag('updateable'),
  },
});

define('Schema', {
  statics: {
    'Map<String,Schema.SObjectType> getGlobalDescribe()': (thread: Thread) =>
      caseless(thread.host.org.schema.objects().map(({ name }) => [name, objectToken(name)] as const)),
    'List<Schema.DescribeSObjectResult> describeSObjects(List<String>)': (thread: Thread, names: ListValue) =>
      new ListValue(
        names.items.map((name) => describeObject(thread, objectNamed(thread, typeof name === 'string' ? name : ''))),
      ),
  },
});

function objectNamed(thread: Thread, name: string): string {
  const object = thread.host.org.schema.object(name);
  return object?.name ?? throwApex(thread, 'InvalidParameterValueException', `Invalid object name: ${name}`);
}
