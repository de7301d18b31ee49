import type { Component } from './component.ts';
import { componentKey, componentText } from './component.ts';

/** A component as the org keeps it. */
export interface StoredComponent extends Component {
  /** 18-character ID that listMetadata tells. */
  readonly id: string;
  /** Milliseconds since 1970 on the org's clock. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly userId: string;
}

/** The metadata components of one org: what was deployed, so that it can be listed and retrieved again. */
export interface ComponentStore {
  get(type: string, fullName: string): StoredComponent | undefined;
  /** Components of a type, by full name. */
  list(type: string): readonly StoredComponent[];
  /** Puts and removes in one step. */
  apply(change: {
    readonly put: readonly Component[];
    readonly removed: readonly { readonly type: string; readonly fullName: string }[];
    readonly at: number;
    readonly userId: string;
  }): void;
  /** A store of the same components, independent from here on. */
  fork(): ComponentStore;
}

/** What a deploy would do to a component: nothing stored yet is `created`, another text is `changed`. */
export function effectOf(
  store: ComponentStore,
  component: Component,
): { readonly created: boolean; readonly changed: boolean } {
  const stored = store.get(component.type, component.fullName);
  if (!stored) return { created: true, changed: true };
  return { created: false, changed: componentText(stored) !== componentText(component) };
}

/** Types whose removal takes others along: those of the same file; everything inside an object. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  CustomObject: [],
  MatchingRules: ['MatchingRule'],
  SharingRules: ['SharingOwnerRule', 'SharingCriteriaRule'],
};

/** A store with these components; `nextId` gives each new one its ID by key prefix. */
export function createComponentStore(
  nextId: (keyPrefix: string) => string,
  initial: ReadonlyMap<string, StoredComponent> = new Map(),
): ComponentStore {
  let components = initial;
  return {
    get: (type, fullName) => components.get(componentKey({ type, fullName })),
    list: (type) =>
      [...components.values()]
        .filter((component) => component.type === type)
        .sort((a, b) => (a.fullName < b.fullName ? -1 : 1)),
    apply({ put, removed, at, userId }) {
      const next = new Map(components);
      for (const component of put) {
        const before = next.get(componentKey(component));
        // Files with parts only (a field for a standard object) must not wipe what the object itself says.
        const keepsOwn = before !== undefined && component.elements.length === 0 && component.content.size === 0;
        next.set(componentKey(component), {
          ...component,
          elements: keepsOwn ? before.elements : component.elements,
          id: before?.id ?? nextId('0Mt'),
          createdAt: before?.createdAt ?? at,
          modifiedAt: at,
          userId,
        });
      }
      for (const { type, fullName } of removed) {
        next.delete(componentKey({ type, fullName }));
        const parts = PARTS[type];
        if (parts === undefined) continue;
        const isPart = (component: Component): boolean =>
          component.fullName.startsWith(`${fullName}.`) &&
          (type === 'CustomObject' || component.type === 'MatchingRule');
        for (const [key, component] of next) if (isPart(component)) next.delete(key);
      }
      components = next;
    },
    fork: () => createComponentStore(nextId, components),
  };
}
