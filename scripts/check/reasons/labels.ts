import { readElement, textAt, textsAt, type Element } from '../metadata/index.ts';

export interface Label {
  readonly name: string;
  readonly description: string;
  readonly value: string;
}

/** The labels of a CustomLabels file. Throws when it is no well-formed XML. */
export function readLabels(text: string): readonly Label[] {
  const root = readElement(text);
  if ('broken' in root) throw new Error(`The labels file is not well-formed: ${root.broken}`);
  return textsAt(root, 'labels').map((label) => ({
    name: required(label, 'fullName'),
    description: required(label, 'shortDescription'),
    value: required(label, 'value'),
  }));
}

/** A CustomLabels file, its labels by name. */
export function labelsXml(labels: readonly Label[]): string {
  const sorted = labels.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata">
${sorted.map(labelXml).join('\n')}
</CustomLabels>
`;
}

function labelXml({ name, description, value }: Label): string {
  return `    <labels>
        <fullName>${name}</fullName>
        <language>en_US</language>
        <protected>false</protected>
        <shortDescription>${escaped(description)}</shortDescription>
        <value>${escaped(value)}</value>
    </labels>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function required(label: Element, name: string): string {
  const text = textAt(label, name);
  if (text === undefined) throw new Error(`A label at line ${label.line} of the labels file has no ${name}.`);
  return text;
}
