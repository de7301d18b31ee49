import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { deployedScript } from './component-scripts.ts';
import { HELD_TYPES } from './types.ts';
import type { HeldType } from './types.ts';
import { childText, makeElement, printMetadataFile, readXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Folders of a decomposed object in source format, and the element that each file becomes. */
const OBJECT_PARTS: Readonly<Record<string, { readonly suffix: string; readonly element: string }>> = {
  fields: { suffix: 'field', element: 'fields' },
  listViews: { suffix: 'listView', element: 'listViews' },
  validationRules: { suffix: 'validationRule', element: 'validationRules' },
  recordTypes: { suffix: 'recordType', element: 'recordTypes' },
  compactLayouts: { suffix: 'compactLayout', element: 'compactLayouts' },
  fieldSets: { suffix: 'fieldSet', element: 'fieldSets' },
  webLinks: { suffix: 'webLink', element: 'webLinks' },
  businessProcesses: { suffix: 'businessProcess', element: 'businessProcesses' },
  sharingReasons: { suffix: 'sharingReason', element: 'sharingReasons' },
  indexes: { suffix: 'index', element: 'indexes' },
};

const META = '-meta.xml';

/** What a deploy leaves out, as the project's `.forceignore` has it. */
const IGNORED = /(^|\/)(\.|__tests__\/|jsconfig\.json$|tsconfig\.json$|.*\.ts$|.*\.md$)/;

function isScript(path: string): boolean {
  return deployedScript(typedPath(path).path, '') !== undefined;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => isScript(path) || !IGNORED.test(path))
    .sort();
}

/** Path from the type's own folder on: `main/default/objects/Lead/…` → `objects/Lead/…`. */
function typedPath(path: string): { type: HeldType | undefined; path: string } {
  const parts = path.split('/');
  const at = parts.findIndex((part) => HELD_TYPES.some((type) => type.directory === part));
  if (at < 0) return { type: undefined, path };
  return { type: HELD_TYPES.find((type) => type.directory === parts[at]), path: parts.slice(at).join('/') };
}

interface ObjectDraft {
  own: readonly XmlElement[];
  readonly parts: XmlElement[];
}

function addObjectFile(drafts: Map<string, ObjectDraft>, path: string, text: string): void {
  const [, name = '', folder = ''] = path.split('/');
  const draft = drafts.get(name) ?? { own: [], parts: [] };
  drafts.set(name, draft);
  const { children } = readXml(text);
  const part = OBJECT_PARTS[folder];
  if (part && path.endsWith(`.${part.suffix}${META}`)) draft.parts.push(makeElement(part.element, children));
  else draft.own = children;
}

/** Name that a metadata file's component carries in package.xml. */
function memberOf(type: HeldType, path: string): string {
  if (type.suffix === undefined) return path.split('/')[1] ?? '';
  const file = path.slice(type.directory.length + 1).replace(META, '');
  if (type.folder && file.endsWith(`.${type.folder.suffix}`))
    return file.slice(0, -(type.folder.suffix?.length ?? 0) - 1);
  return decodeURIComponent(file.slice(0, -(type.suffix.length + 1)));
}

/** Where a file in source format lies in a zip in metadata format. */
function packagedPath(type: HeldType, path: string): string {
  if (type.suffix === undefined || type.metaFile === true) return path;
  if (type.folder && path.endsWith(`.${type.folder.suffix}${META}`)) return path.replace(/\.\w+-meta\.xml$/, META);
  return path.replace(META, '');
}

/**
 * Content of static resources: in source format a file of its own extension or a folder, in metadata format one file
 * `<name>.resource`, a folder being zipped.
 */
class ResourceContents {
  readonly #single = new Map<string, Uint8Array>();
  readonly #folders = new Map<string, Record<string, Uint8Array>>();

  add(path: string, bytes: Uint8Array): void {
    const [, name = '', ...inside] = path.split('/');
    if (inside.length === 0) {
      this.#single.set(name.replace(/\.[^.]+$/, ''), bytes);
      return;
    }
    const folder = this.#folders.get(name) ?? {};
    this.#folders.set(name, folder);
    folder[inside.join('/')] = bytes;
  }

  files(): Record<string, Uint8Array> {
    const all = [...this.#single, ...[...this.#folders].map(([name, folder]) => [name, zipSync(folder)] as const)];
    return Object.fromEntries(all.map(([name, bytes]) => [`staticresources/${name}.resource`, bytes]));
  }
}

function manifest(members: ReadonlyMap<string, ReadonlySet<string>>): string {
  const types = [...members].map(([name, names]) =>
    makeElement('types', [
      ...[...names].sort().map((member) => makeElement('members', member)),
      makeElement('name', name),
    ]),
  );
  return printMetadataFile('Package', [...types, makeElement('version', '66.0')]);
}

/**
 * Makes a zip in metadata format, with its package.xml, out of a folder in source format (`force-app`). Throws for a
 * file that belongs to no metadata type of the local org, naming it.
 */
export function zipSourceFolder(folder: string): Uint8Array {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no source folder ${folder}`);
  const files: Record<string, Uint8Array> = {};
  const objects = new Map<string, ObjectDraft>();
  const resources = new ResourceContents();
  const members = new Map<string, Set<string>>();
  const add = (type: string, member: string): void => {
    members.set(type, (members.get(type) ?? new Set()).add(member));
  };
  for (const sourcePath of filesBelow(folder)) {
    const { type, path } = typedPath(sourcePath);
    if (!type)
      throw new Error(`${join(folder, sourcePath)}: not yet: the local org does not hold this kind of metadata`);
    const bytes = readFileSync(join(folder, sourcePath));
    if (type.name === 'CustomObject') {
      addObjectFile(objects, path, bytes.toString('utf8'));
      continue;
    }
    // Sorted after the `.js` that a build may have left beside it, the script replaces it.
    const script = deployedScript(path, bytes.toString('utf8'));
    if (script) {
      files[script.path] = strToU8(script.source);
      continue;
    }
    if (type.name === 'StaticResource' && !path.endsWith(META)) {
      resources.add(path, bytes);
      continue;
    }
    files[packagedPath(type, path)] = bytes;
    if (path.endsWith(META)) add(type.name, memberOf(type, path));
  }
  for (const [name, { own, parts }] of objects) {
    files[`objects/${name}.object`] = strToU8(printMetadataFile('CustomObject', [...own, ...parts]));
    if (own.length > 0) add('CustomObject', name);
    for (const part of parts) {
      const child = HELD_TYPES[0]?.children?.find(({ element }) => element === part.name);
      if (child) add(child.name, `${name}.${childText(part, 'fullName') ?? ''}`);
    }
  }
  Object.assign(files, resources.files());
  files['package.xml'] = strToU8(manifest(members));
  return zipSync(files);
}
