import { SettingsError, type FieldDescription, type ObjectDescription, type PicklistValue } from '../engine/index.ts';
import { checkPath } from './soql.ts';

/** What is read of an object's describe. */
export interface OrgField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length: number;
  /** Digits behind the decimal point. */
  readonly scale: number;
  /** Digits of a number before and after the point, together; 0 for other types. */
  readonly precision: number;
  readonly nillable: boolean;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** A formula, a roll-up summary or an auto-number: nobody can write it. */
  readonly calculated: boolean;
  /** It can name a record in an upsert: an external ID, or one of the platform's own such as a contact's email. */
  readonly identifies: boolean;
  readonly caseSensitive: boolean;
  readonly restricted: boolean;
  /** Active ones. */
  readonly values: readonly PicklistValue[];
}

export interface OrgRecordType {
  /** 18 characters. */
  readonly id: string;
  readonly name: string;
  /** To the user who asks; never one that is not active (K-34). */
  readonly available: boolean;
  /** The one of records for which no record type was chosen. */
  readonly master: boolean;
}

/** What the user who asks may do with the records of an object. */
export interface OrgRights {
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

export interface OrgObject {
  readonly name: string;
  readonly label: string;
  readonly rights: OrgRights;
  readonly recordTypes: readonly OrgRecordType[];
  /** The first 3 characters of the IDs of its records; null for an object whose records have none of their own. */
  readonly keyPrefix: string | null;
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, OrgField>;
  /** Reference fields by the lower-case name of the parent in SOQL. */
  readonly parents: ReadonlyMap<string, OrgField>;
}

/** The org's describe, each object asked for once. */
export interface Describer {
  object(name: string): Promise<OrgObject>;
  /** Resolves field paths; throws `SettingsError` naming a path that the org does not have or does not show us. */
  paths(object: string, paths: readonly string[]): Promise<ResolvedPaths>;
  /** Own fields and the given paths, as the engine knows them. */
  describe(object: string, paths: readonly string[]): Promise<ObjectDescription>;
  /** Asks the org anew from now on. */
  forget(): void;
}

export interface ResolvedPaths {
  readonly fields: readonly ResolvedPath[];
  /** Paths of the stamps of the parents on the way, sorted; a parent that has none in SOQL is not among them. */
  readonly parentStamps: readonly string[];
}

export interface ResolvedPath {
  /** As the org spells it. */
  readonly path: string;
  readonly field: OrgField;
  readonly parent?: { readonly object: string; readonly reference: string };
}

/**
 * What SOQL can reach of a parent that may be one of several objects, as a lead's owner is a user or a queue: the
 * fields of the object `Name` (object reference). It has no stamp: a change of such a parent does not raise a version.
 */
const polymorphicFields = new Set(
  'alias email firstname id isactive lastname name phone profileid title type username userroleid'.split(' '),
);
/** Bulk query and comparing refuse them; their parts are fields of their own. */
const compoundTypes = new Set(['address', 'location', 'base64', 'complexvalue']);

type Describe = (object: string) => Promise<{
  readonly name: string;
  readonly label: string;
  readonly rights: OrgRights;
  readonly recordTypes: readonly OrgRecordType[];
  readonly keyPrefix?: string | null;
  readonly fields: readonly OrgField[];
}>;

export function createDescriber(ask: Describe): Describer {
  const known = new Map<string, Promise<OrgObject>>();

  function object(name: string): Promise<OrgObject> {
    const key = name.toLowerCase();
    const held = known.get(key);
    if (held) return held;
    const asked = ask(name).then(toObject);
    known.set(key, asked);
    // A failed describe is not remembered: the next caller asks again.
    asked.catch(() => known.delete(key));
    return asked;
  }

  async function resolve(start: string, path: string): Promise<ResolvedPath & { readonly stamp?: string }> {
    checkPath(path);
    const steps = path.split('.');
    const last = steps.pop() ?? path;
    let here = await object(start);
    let spelled = '';
    let references = '';
    let polymorphic = false;
    for (const step of steps) {
      const reference: OrgField | undefined = polymorphic ? undefined : here.parents.get(step.toLowerCase());
      const target = reference?.referenceTo.find((name: string) => name === 'User') ?? reference?.referenceTo[0];
      if (!reference || target === undefined) throw notFound(start, path, `${here.label} has no parent "${step}"`);
      polymorphic = reference.referenceTo.length > 1;
      references = spelled + reference.name;
      spelled += `${reference.relationshipName ?? step}.`;
      here = await object(target);
    }
    const field =
      here.fields.get(last.toLowerCase()) ?? (polymorphic && last.toLowerCase() === 'type' ? typeField : undefined);
    if (!field || (polymorphic && !polymorphicFields.has(last.toLowerCase()))) {
      throw notFound(start, path, `${here.label} has no field "${last}", or does not show it to the integration user`);
    }
    if (compoundTypes.has(field.type)) {
      throw new SettingsError(`${start}.${path} is a ${field.type}, which cannot be read as one value.`, [
        'Map its parts instead, such as BillingStreet and BillingCity.',
      ]);
    }
    if (steps.length === 0) return { path: field.name, field };
    const resolved = { path: spelled + field.name, field, parent: { object: here.name, reference: references } };
    const stamped = !polymorphic && here.fields.has('systemmodstamp');
    return stamped ? { ...resolved, stamp: `${spelled}SystemModstamp` } : resolved;
  }

  async function paths(start: string, asked: readonly string[]): Promise<ResolvedPaths> {
    const fields = [];
    for (const path of asked) fields.push(await resolve(start, path));
    const parentStamps = new Set(fields.flatMap(({ stamp }) => (stamp === undefined ? [] : [stamp])));
    return { fields, parentStamps: [...parentStamps].sort() };
  }

  return {
    object,
    paths,
    async describe(name, asked) {
      const own = await object(name);
      const parents = await paths(
        own.name,
        asked.filter((path) => path.includes('.')),
      );
      const fields = new Map<string, FieldDescription>();
      for (const field of own.fields.values()) fields.set(field.name, toDescription({ path: field.name, field }));
      for (const resolved of parents.fields) fields.set(resolved.path, toDescription(resolved));
      const { label, keyPrefix } = own;
      return { object: own.name, label, ...(keyPrefix === null ? {} : { keyPrefix }), fields, closed: true };
    },
    forget: () => known.clear(),
  };
}

const typeField: OrgField = {
  name: 'Type',
  label: 'Type',
  type: 'string',
  length: 40,
  scale: 0,
  precision: 0,
  nillable: true,
  updateable: false,
  createable: false,
  referenceTo: [],
  relationshipName: null,
  calculated: false,
  identifies: false,
  caseSensitive: false,
  restricted: false,
  values: [],
};

function toObject({ name, label, rights, recordTypes, keyPrefix, fields }: Awaited<ReturnType<Describe>>): OrgObject {
  const parents = fields.filter(({ relationshipName }) => relationshipName !== null && relationshipName !== undefined);
  return {
    name,
    label,
    rights,
    recordTypes,
    keyPrefix: keyPrefix ?? null,
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    parents: new Map(parents.map((field) => [(field.relationshipName ?? '').toLowerCase(), field])),
  };
}

function toDescription({ path, field, parent }: ResolvedPath): FieldDescription {
  return {
    path,
    label: field.label,
    type: field.type,
    ...(field.length > 0 ? { length: field.length } : {}),
    ...(field.type === 'double' ? { scale: field.scale } : {}),
    nillable: field.nillable,
    readable: !compoundTypes.has(field.type),
    writable: parent === undefined && (field.updateable || field.createable),
    ...(field.calculated ? { computed: true } : {}),
    ...(field.values.length > 0 ? { values: field.values } : {}),
    ...(parent ? { parent } : {}),
    ...(field.referenceTo.length > 0 ? { references: field.referenceTo } : {}),
  };
}

function notFound(object: string, path: string, why: string): SettingsError {
  return new SettingsError(`The field ${object}.${path} cannot be read: ${why}.`, [
    'Use the API name that Object Manager shows.',
    'If the field exists, give the integration user read access to it.',
  ]);
}
