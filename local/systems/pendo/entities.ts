import type { Value, Values } from './fields.ts';
import type { Usage } from './usage.ts';

/** Values by group, without the group that Pendo computes. */
export type Metadata = Record<string, Values>;

export interface Entity {
  readonly id: string;
  readonly metadata: Metadata;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

export type Account = Entity;

export interface Visitor extends Entity {
  accountIds: readonly string[];
  readonly usage: Usage;
}

/** Visitors or accounts by ID; IDs are compared exactly. */
export class Entities<Kind extends Entity> {
  readonly #byId = new Map<string, Kind>();
  #sorted: readonly Kind[] | undefined;

  get count(): number {
    return this.#byId.size;
  }

  get(id: string): Kind | undefined {
    return this.#byId.get(id);
  }

  add(entity: Kind): Kind {
    this.#byId.set(entity.id, entity);
    this.#sorted = undefined;
    return entity;
  }

  remove(id: string): boolean {
    this.#sorted = undefined;
    return this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
    this.#sorted = undefined;
  }

  all(): Iterable<Kind> {
    return this.#byId.values();
  }

  /** All of them by ID, in the order of its characters' codes. */
  sorted(): readonly Kind[] {
    this.#sorted ??= [...this.#byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    return this.#sorted;
  }
}

/** Sets or, with undefined, clears one value; whether that changed anything. */
export function setValue(metadata: Metadata, group: string, name: string, value: Value | undefined): void {
  const values = (metadata[group] ??= {});
  if (value === undefined) delete values[name];
  else values[name] = value;
}
