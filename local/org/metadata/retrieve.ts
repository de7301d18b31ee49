import { strToU8, zipSync } from 'fflate';
import type { ComponentStore, StoredComponent } from './component-store.ts';
import type { Manifest } from './package-zip.ts';
import { heldType, listedAs, parentOfChild, rootOf, typesListedAs } from './types.ts';
import type { HeldType } from './types.ts';
import { makeElement, printMetadataFile } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** A component that listMetadata and retrieve tell of. */
export interface FileProperties {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly id: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly lastModifiedById: string;
  readonly lastModifiedDate: string;
}

export interface Retrieved {
  /** Zip in metadata format. */
  readonly zip: Uint8Array;
  readonly properties: readonly FileProperties[];
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
}

export function propertiesOf(component: StoredComponent): FileProperties {
  return {
    type: component.type,
    fullName: component.fullName,
    fileName: component.fileName,
    id: component.id,
    createdById: component.userId,
    createdDate: new Date(component.createdAt).toISOString(),
    lastModifiedById: component.userId,
    lastModifiedDate: new Date(component.modifiedAt).toISOString(),
  };
}

function selected(store: ComponentStore, type: string, members: readonly string[]): readonly StoredComponent[] {
  const all = typesListedAs(type).flatMap((name) => store.list(name));
  if (members.includes('*')) return all;
  return all.filter((component) => members.includes(component.fullName));
}

/** Name of a part within its file: `Score__c` of `Lead.Score__c`. */
function parentName(parent: HeldType, fullName: string): string {
  return parent.name === 'CustomLabels' ? 'CustomLabels' : (fullName.split('.')[0] ?? '');
}

interface FileDraft {
  readonly type: HeldType;
  readonly fullName: string;
  whole: StoredComponent | undefined;
  readonly parts: { readonly element: string; readonly component: StoredComponent }[];
}

function draftsOf(store: ComponentStore, manifest: Manifest): { drafts: FileDraft[]; chosen: StoredComponent[] } {
  const drafts = new Map<string, FileDraft>();
  const chosen: StoredComponent[] = [];
  const draft = (type: HeldType, fullName: string): FileDraft => {
    const key = `${type.name}:${fullName}`;
    const made = drafts.get(key) ?? { type, fullName, whole: undefined, parts: [] };
    drafts.set(key, made);
    return made;
  };
  const addPart = (type: HeldType, element: string, component: StoredComponent): void => {
    const { parts } = draft(type, parentName(type, component.fullName));
    if (parts.some((part) => part.component === component)) return;
    parts.push({ element, component });
    chosen.push(component);
  };
  for (const [typeName, members] of manifest) {
    const child = parentOfChild(typeName);
    if (child) for (const part of selected(store, typeName, members)) addPart(child.parent, child.element, part);
    if (child) continue;
    for (const whole of selected(store, typeName, members)) {
      const type = heldType(whole.type);
      if (!type) continue;
      draft(type, whole.fullName).whole = whole;
      chosen.push(whole);
      for (const { name, element } of type.children ?? []) {
        for (const part of store.list(name)) {
          if (parentName(type, part.fullName) === whole.fullName) addPart(type, element, part);
        }
      }
    }
  }
  return { drafts: [...drafts.values()], chosen };
}

function fileText(draft: FileDraft): string {
  const parts: XmlElement[] = draft.parts.map(({ element, component }) => makeElement(element, component.elements));
  const elements = [...(draft.whole?.elements ?? []), ...parts];
  // The Metadata API prints elements by name; the parts of one name keep their order.
  const sorted = elements.map((element, index) => ({ element, index }));
  sorted.sort((a, b) =>
    a.element.name === b.element.name ? a.index - b.index : a.element.name < b.element.name ? -1 : 1,
  );
  return printMetadataFile(
    rootOf(draft.type, draft.fullName),
    sorted.map(({ element }) => element),
  );
}

function packageXml(manifest: Manifest, version: string): string {
  const types = [...manifest].map(([name, members]) =>
    makeElement('types', [...members.map((member) => makeElement('members', member)), makeElement('name', name)]),
  );
  return printMetadataFile('Package', [...types, makeElement('version', version)]);
}

/** Where a component's metadata file lies in a zip in metadata format. */
function metadataPath(type: HeldType, fullName: string): string {
  const path = `${type.directory}/${fullName}`;
  if (type.suffix === undefined) return `${path}/${fullName}.js-meta.xml`;
  if (type.name !== listedAs(type.name)) return `${path}-meta.xml`;
  return type.metaFile === true ? `${path}.${type.suffix}-meta.xml` : `${path}.${type.suffix}`;
}

/** Puts what the manifest asks for into a zip in metadata format, under `unpackaged/`. */
export function retrieve(store: ComponentStore, manifest: Manifest, version: string): Retrieved {
  const { drafts, chosen } = draftsOf(store, manifest);
  const files: Record<string, Uint8Array> = {};
  for (const draft of drafts) {
    const { type, whole } = draft;
    files[`unpackaged/${metadataPath(type, draft.fullName)}`] = strToU8(fileText(draft));
    for (const [contentPath, bytes] of whole?.content ?? []) files[`unpackaged/${contentPath}`] = bytes;
  }
  const messages: { fileName: string; problem: string }[] = [];
  for (const [type, members] of manifest) {
    const found = new Set(selected(store, type, members).map((component) => component.fullName));
    for (const member of members) {
      if (member === '*' || found.has(member)) continue;
      messages.push({
        fileName: 'unpackaged/package.xml',
        problem: `Entity of type '${type}' named '${member}' cannot be found`,
      });
    }
  }
  files['unpackaged/package.xml'] = strToU8(packageXml(manifest, version));
  const properties = chosen.map((component) => {
    const told = propertiesOf(component);
    return { ...told, fileName: `unpackaged/${told.fileName}` };
  });
  return { zip: zipSync(files), properties, messages };
}
