import { isDate } from './dates.ts';

export type FieldTypeName = 'string' | 'date' | 'long' | 'double' | 'boolean' | 'geo_location' | 'object';

export type Fields = Record<string, unknown>;

interface FieldNode {
  readonly type: FieldTypeName;
  readonly children: Map<string, FieldNode>;
}

export interface Mismatch {
  readonly path: string;
  readonly expected: FieldTypeName;
  readonly incoming: readonly string[];
  readonly value: unknown;
}

/** What a check of one user's fields found. */
export interface FieldCheck {
  /** The first field whose value has another type than the project's; nothing of this user was registered then. */
  readonly mismatch: Mismatch | undefined;
  /** Paths that the project did not have before; they are registered now. */
  readonly created: readonly string[];
  /** Paths that are unknown to the project and may not be created: the caller drops them. */
  readonly filtered: readonly string[];
  readonly hasNulls: boolean;
}

const nothing: readonly string[] = [];
const clean: FieldCheck = { mismatch: undefined, created: nothing, filtered: nothing, hasNulls: false };

/** Fields that every project has; source: `users/getFields` of an empty project. */
const builtIn: readonly (readonly [string, FieldTypeName])[] = [
  ['email', 'string'],
  ['userId', 'string'],
  ['signupDate', 'date'],
  ['signupSource', 'string'],
  ['profileUpdatedAt', 'date'],
  ['phoneNumber', 'string'],
];

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function incomingTypes(value: unknown): readonly string[] {
  if (typeof value === 'string') return isDate(value) ? ['date', 'string', 'keyword'] : ['string', 'keyword'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['long', 'double'] : ['double'];
  if (typeof value === 'boolean') return ['boolean'];
  return ['object'];
}

function isGeoLocation(value: unknown): boolean {
  return isFields(value) && typeof value['lat'] === 'number' && typeof value['lon'] === 'number';
}

function typeOf(name: string, value: unknown): FieldTypeName {
  if (typeof value === 'string') return isDate(value) ? 'date' : 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  if (typeof value === 'boolean') return 'boolean';
  return name.endsWith('_geo_location') && isGeoLocation(value) ? 'geo_location' : 'object';
}

function fits(type: FieldTypeName, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'long':
      return typeof value === 'number' && Number.isInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'geo_location':
      return isGeoLocation(value);
    case 'object':
      return isFields(value);
  }
}

/** The types of a project's user fields: the first value written fixes a field's type for the whole project. */
export class FieldTypes {
  readonly #root = new Map<string, FieldNode>();
  readonly #journal: { readonly parent: Map<string, FieldNode>; readonly name: string; readonly path: string }[] = [];
  #mismatch: Mismatch | undefined;
  #filtered: string[] = [];
  #hasNulls = false;
  #size = 0;

  constructor() {
    for (const [name, type] of builtIn) this.#root.set(name, { type, children: new Map() });
  }

  /** How many fields writes have made. */
  get size(): number {
    return this.#size;
  }

  /** A mark for `rollBack`. */
  get mark(): number {
    return this.#journal.length;
  }

  /** Registers the new fields of `fields` and compares the others with the project's types. */
  check(fields: Fields, createNew: boolean): FieldCheck {
    const mark = this.#journal.length;
    this.#mismatch = undefined;
    this.#hasNulls = false;
    this.#walk(fields, this.#root, '', createNew);
    if (this.#mismatch !== undefined) {
      this.rollBack(mark);
      this.#filtered = [];
      return { mismatch: this.#mismatch, created: nothing, filtered: nothing, hasNulls: false };
    }
    if (this.#journal.length === mark && this.#filtered.length === 0 && !this.#hasNulls) return clean;
    const filtered = this.#filtered;
    this.#filtered = [];
    const created = this.#journal.slice(mark).map(({ path }) => path);
    return { mismatch: undefined, created, filtered, hasNulls: this.#hasNulls };
  }

  /** Forgets the fields registered since `mark`. */
  rollBack(mark: number): void {
    while (this.#journal.length > mark) {
      const last = this.#journal.pop();
      if (last === undefined) return;
      last.parent.delete(last.name);
      this.#size--;
    }
  }

  /** Keeps what was registered for good. */
  commit(): void {
    this.#journal.length = 0;
  }

  /** Every field with its type, nested ones with dots, as `users/getFields` lists them. */
  list(): Record<string, FieldTypeName> {
    const entries: [string, FieldTypeName][] = [];
    const collect = (level: Map<string, FieldNode>, prefix: string): void => {
      for (const [name, node] of level) {
        entries.push([prefix + name, node.type]);
        collect(node.children, `${prefix}${name}.`);
      }
    };
    collect(this.#root, '');
    return Object.fromEntries(entries);
  }

  #walk(fields: Fields, level: Map<string, FieldNode>, prefix: string, createNew: boolean): void {
    for (const name in fields) {
      const value = fields[name];
      if (value === null) this.#hasNulls = true;
      else if (Array.isArray(value)) for (const item of value) this.#field(name, item, level, prefix, createNew);
      else this.#field(name, value, level, prefix, createNew);
    }
  }

  #field(name: string, value: unknown, level: Map<string, FieldNode>, prefix: string, createNew: boolean): void {
    if (value === null || Array.isArray(value)) return;
    let node = level.get(name);
    if (node === undefined) {
      const path = prefix + name;
      if (!createNew) {
        if (!this.#filtered.includes(path)) this.#filtered.push(path);
        return;
      }
      node = { type: typeOf(name, value), children: new Map() };
      level.set(name, node);
      this.#journal.push({ parent: level, name, path });
      this.#size++;
    } else if (!fits(node.type, value)) {
      this.#mismatch ??= { path: prefix + name, expected: node.type, incoming: incomingTypes(value), value };
      return;
    }
    if (node.type === 'object') this.#walk(value as Fields, node.children, `${prefix}${name}.`, createNew);
  }
}
