import { strFromU8 } from 'fflate';
import { checkAgainstSchema } from './check-schema.ts';
import type { Problem } from './check-schema.ts';
import { ownElements } from './package-zip.ts';
import type { PackagedFile } from './package-zip.ts';
import { rootOf } from './types.ts';
import { childText, childrenNamed, printElement, readXml, XmlError } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One metadata component: a whole file, or a part of one (`CustomField` `Lead.Score__c` in `objects/Lead.object`). */
export interface Component {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  /** The component's elements, without those that are components of their own. */
  readonly elements: readonly XmlElement[];
  /** Content files by path: Apex source, files of a bundle. */
  readonly content: ReadonlyMap<string, Uint8Array>;
  readonly line: number;
  readonly column: number;
}

/** A component that cannot be deployed, with the reason and its place in the file (from 1; 0 when it has none). */
export interface ComponentFailure extends Problem {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
}

/** The key under which a component is kept and compared. */
export function componentKey(component: { readonly type: string; readonly fullName: string }): string {
  return `${component.type}:${component.fullName}`;
}

/** What two components must share to be called unchanged. */
export function componentText(component: Component): string {
  const content = [...component.content].map(([path, bytes]) => `${path}\n${strFromU8(bytes)}`);
  return component.elements.map((element) => printElement(element)).join('') + content.join('\n');
}

function failed(file: PackagedFile, problem: Problem, type?: string, fullName?: string): ComponentFailure {
  return { type: type ?? file.type.name, fullName: fullName ?? file.fullName, fileName: file.fileName, ...problem };
}

/** The child component inside which a problem lies: an unknown element is reported for its field, not for its object. */
function culprit(file: PackagedFile, root: XmlElement, problem: Problem): { type?: string; fullName?: string } {
  let found: { type?: string; fullName?: string } = {};
  for (const element of root.children) {
    const after = problem.line > element.line || (problem.line === element.line && problem.column >= element.column);
    if (!after) break;
    const child = file.type.children?.find((candidate) => candidate.element === element.name);
    const name = childText(element, 'fullName')?.trim();
    found = child && name ? { type: child.name, fullName: childName(file, name) } : {};
  }
  return found;
}

function childName(file: PackagedFile, name: string): string {
  return file.type.name === 'CustomLabels' ? name : `${file.fullName}.${name}`;
}

/**
 * Reads one file of a package into its components: the file's own first, then those inside it. The first mistake in
 * the file makes it one failure and no component, as in an org.
 */
export function readComponents(file: PackagedFile): readonly Component[] | ComponentFailure {
  if (file.metadata === undefined) {
    const message = `${file.fileName}-meta.xml: the metadata file of this component is not in the package`;
    return failed(file, { message, line: 0, column: 0 });
  }
  if (file.type.known?.includes(file.fullName) === false) {
    const message = `not yet: the local org does not hold the ${file.type.name} ${file.fullName}`;
    return failed(file, { message, line: 0, column: 0 });
  }
  const rootName = rootOf(file.type, file.fullName);
  let root: XmlElement;
  try {
    root = readXml(file.metadata);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return failed(file, { message: `Error parsing file: ${error.message}`, line: error.line, column: error.column });
  }
  if (root.name !== rootName) {
    const message = `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${root.name} invalid at this location in type ${rootName}`;
    return failed(file, { message, line: root.line, column: root.column });
  }
  const problem = checkAgainstSchema(root, rootName);
  if (problem) {
    const { type, fullName } = culprit(file, root, problem);
    return failed(file, problem, type, fullName);
  }
  const whole: Component = {
    type: file.type.name,
    fullName: file.fullName,
    fileName: file.fileName,
    elements: ownElements(file.type, root),
    content: file.content,
    line: root.line,
    column: root.column,
  };
  const inside: Component[] = [];
  for (const child of file.type.children ?? []) {
    for (const element of childrenNamed(root, child.element)) {
      const name = childText(element, 'fullName')?.trim();
      if (!name) {
        const message = 'Required field is missing: fullName';
        return failed(file, { message, line: element.line, column: element.column });
      }
      inside.push({
        type: child.name,
        fullName: childName(file, name),
        fileName: file.fileName,
        elements: element.children,
        content: new Map(),
        line: element.line,
        column: element.column,
      });
    }
  }
  return [whole, ...inside];
}

/** Text of a component's element of that name. */
export function elementText(component: Component, name: string): string | undefined {
  return component.elements.find((element) => element.name === name)?.text.trim();
}

/** Elements of a component of that name. */
export function elementsNamed(component: Component, name: string): readonly XmlElement[] {
  return component.elements.filter((element) => element.name === name);
}
