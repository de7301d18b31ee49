import { strFromU8, unzipSync } from 'fflate';
import { HELD_TYPES, heldType, listedAs, parentOfChild } from './types.ts';
import type { HeldType } from './types.ts';
import { childText, childrenNamed, readXml } from './xml.ts';
import type { XmlElement } from './xml.ts';
import { OrgError } from '../core/index.ts';

/** Members by metadata type, as a package.xml or a destructiveChanges.xml lists them; `*` is all of them. */
export type Manifest = ReadonlyMap<string, readonly string[]>;

/** One file of a package, or one bundle with all of its files. */
export interface PackagedFile {
  readonly type: HeldType;
  readonly fullName: string;
  /** Path from the package's root: `objects/Lead.object`. */
  readonly fileName: string;
  /** Metadata XML; for types with a content file it is the `-meta.xml`. */
  readonly metadata: string | undefined;
  /** Content files by path. */
  readonly content: ReadonlyMap<string, Uint8Array>;
}

export interface ReadPackage {
  readonly manifest: Manifest;
  readonly destructivePre: Manifest;
  readonly destructivePost: Manifest;
  readonly files: readonly PackagedFile[];
  /** Paths that belong to no type that the local org holds. */
  readonly unknownFiles: readonly string[];
}

const META = '-meta.xml';

function readManifest(text: string | undefined): Manifest {
  if (text === undefined) return new Map();
  const manifest = new Map<string, string[]>();
  for (const types of childrenNamed(readXml(text), 'types')) {
    const name = childText(types, 'name') ?? '';
    // The sf CLI names a folder of reports or dashboards with a slash after it.
    const members = childrenNamed(types, 'members').map((member) => member.text.trim().replace(/\/$/, ''));
    manifest.set(name, [...(manifest.get(name) ?? []), ...members]);
  }
  return manifest;
}

/** Files by path from the folder that holds package.xml, whatever that folder is called. */
function entriesOf(zip: Uint8Array): Map<string, Uint8Array> {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(zip);
  } catch (error) {
    throw new OrgError(400, 'INVALID_ZIP', `The zip file cannot be read: ${String(error)}`);
  }
  const manifestPath = Object.keys(entries)
    .filter((path) => path === 'package.xml' || path.endsWith('/package.xml'))
    .sort((a, b) => a.length - b.length)[0];
  if (manifestPath === undefined) throw new OrgError(400, 'INVALID_ZIP', 'No package.xml found');
  const root = manifestPath.slice(0, -'package.xml'.length);
  const files = Object.entries(entries).filter(([path]) => path.startsWith(root) && !path.endsWith('/'));
  return new Map(files.map(([path, bytes]) => [path.slice(root.length), bytes]));
}

function fileOf(type: HeldType, path: string, entries: ReadonlyMap<string, Uint8Array>): PackagedFile | undefined {
  const text = (name: string): string | undefined => {
    const bytes = entries.get(name);
    return bytes && strFromU8(bytes);
  };
  const { folder } = type;
  if (folder && path.endsWith(META)) {
    const fullName = path.slice(folder.directory.length + 1, -META.length).replace(/\.\w+Folder$/, '');
    return { type: folder, fullName, fileName: path.slice(0, -META.length), metadata: text(path), content: new Map() };
  }
  const suffix = `.${type.suffix ?? ''}`;
  if (!path.endsWith(suffix)) return undefined;
  const fullName = decodeURIComponent(path.slice(type.directory.length + 1, -suffix.length));
  const bytes = entries.get(path);
  if (type.metaFile) {
    const content = new Map(bytes ? [[path, bytes] as const] : []);
    return { type, fullName, fileName: path, metadata: text(path + META), content };
  }
  return { type, fullName, fileName: path, metadata: text(path), content: new Map() };
}

function bundlesOf(type: HeldType, paths: readonly string[], entries: ReadonlyMap<string, Uint8Array>): PackagedFile[] {
  const names = new Set(paths.map((path) => path.split('/')[1] ?? ''));
  return [...names].map((name) => {
    const folder = `${type.directory}/${name}/`;
    const own = paths.filter((path) => path.startsWith(folder));
    const metaPath = own.find((path) => path === `${folder}${name}.js${META}`);
    const metaBytes = metaPath === undefined ? undefined : entries.get(metaPath);
    const content = own
      .filter((path) => path !== metaPath)
      .map((path) => [path, entries.get(path) ?? new Uint8Array()] as const);
    const metadata = metaBytes && strFromU8(metaBytes);
    return { type, fullName: name, fileName: `${folder}${name}.js`, metadata, content: new Map(content) };
  });
}

/** Reads a zip in metadata format. Throws `OrgError` when it is no zip, or has no package.xml. */
export function readPackage(zip: Uint8Array): ReadPackage {
  const entries = entriesOf(zip);
  const text = (name: string): string | undefined => {
    const bytes = entries.get(name);
    return bytes && strFromU8(bytes);
  };
  const files: PackagedFile[] = [];
  const unknownFiles: string[] = [];
  const byDirectory = Map.groupBy(entries.keys(), (path) => path.split('/')[0] ?? '');
  for (const [directory, paths] of byDirectory) {
    if (paths.length === 1 && paths[0] === directory) continue;
    const type = HELD_TYPES.find((candidate) => candidate.directory === directory);
    if (!type) unknownFiles.push(...paths);
    else if (type.suffix === undefined) files.push(...bundlesOf(type, paths, entries));
    else {
      for (const path of paths) {
        if (type.metaFile && path.endsWith(META)) continue;
        const file = fileOf(type, path, entries);
        if (file) files.push(file);
        else unknownFiles.push(path);
      }
    }
  }
  return {
    manifest: readManifest(text('package.xml')),
    destructivePre: readManifest(text('destructiveChangesPre.xml')),
    destructivePost: readManifest(text('destructiveChangesPost.xml') ?? text('destructiveChanges.xml')),
    files: files.sort((a, b) => (a.fileName < b.fileName ? -1 : 1)),
    unknownFiles,
  };
}

/** Whether the manifest asks for that component, by its name or by `*`. */
export function manifestNames(manifest: Manifest, type: string, fullName: string): boolean {
  const members = manifest.get(listedAs(type));
  return members !== undefined && (members.includes('*') || members.includes(fullName));
}

/** Whether the local org holds components of that type, as a file's root or inside one. */
export function isHeld(type: string): boolean {
  return heldType(type) !== undefined || parentOfChild(type) !== undefined;
}

/** Root element's children without those that are components of their own. */
export function ownElements(type: HeldType, root: XmlElement): readonly XmlElement[] {
  const childElements = new Set((type.children ?? []).map((child) => child.element));
  return root.children.filter((child) => !childElements.has(child.name));
}
