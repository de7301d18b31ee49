import type { MetadataFile, Problem } from './problem.ts';
import type { MetadataType, Typing } from './typing.ts';
import { textAt, type Element } from './xml.ts';

/** Checks each element of a file against the platform's typing: unknown, missing, too many, wrong word, wrong kind of text. */
export function elementProblems({ file, root }: MetadataFile, typing: Typing): readonly Problem[] {
  const type = typing(root.name);
  if (type === undefined)
    return [{ file, line: root.line, message: `the platform knows no metadata type ${root.name}` }];
  const problems: Problem[] = [];
  check(root, root.name, type);
  return [...problems, ...nameProblems(file, root)];

  function check(element: Element, typeName: string, expected: MetadataType): void {
    const say = (message: string, line = element.line): void => void problems.push({ file, line, message });
    if (expected.kind === 'words') {
      if (!expected.words.has(element.text)) {
        say(`"${element.text}" is no ${typeName} (${[...expected.words].slice(0, 12).join(', ')})`);
      }
      return;
    }
    if (expected.kind !== 'elements') {
      if (element.children.length > 0) say(`${element.name} holds text, not elements`);
      if (expected.kind === 'boolean' && element.text !== 'true' && element.text !== 'false')
        say(`${element.name} is true or false`);
      if (expected.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(element.text)) say(`${element.name} is a number`);
      return;
    }
    const seen = new Set<string>();
    for (const child of element.children) {
      const allowed = expected.elements.get(child.name);
      if (allowed === undefined) {
        say(`${typeName} has no element ${child.name}`, child.line);
        continue;
      }
      if (!allowed.many && seen.has(child.name)) say(`${child.name} stands twice in ${typeName}`, child.line);
      seen.add(child.name);
      // The typing knows what a component's targets are configured with as text alone.
      if (typeName === 'LightningComponentBundle' && child.name === 'targetConfigs') continue;
      const type = typing(allowed.type);
      if (type !== undefined) check(child, allowed.type, type);
    }
    for (const [name, { required }] of expected.elements) {
      if (required && !seen.has(name)) say(`${typeName} needs the element ${name}`);
    }
  }
}

/** In source format a component is named twice: by its file and, where it stands in an object's folder, by `fullName`. */
function nameProblems(file: string, root: Element): readonly Problem[] {
  const fullName = textAt(root, 'fullName');
  const fileName = file.slice(file.lastIndexOf('/') + 1).split('.')[0];
  if (fullName === undefined || fullName === fileName) return [];
  return [{ file, line: root.line, message: `fullName ${fullName} and the file's name differ` }];
}
