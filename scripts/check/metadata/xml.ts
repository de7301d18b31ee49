import { XMLParser, XMLValidator } from 'fast-xml-parser';

// Typed as `Symbol`, the wrapper, by the library.
const metaData = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** An element of a metadata file, and the line that it begins in. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
  readonly line: number;
}

/** Reads a file's root element, or says in which line it stops being XML. */
export function readElement(text: string): Element | { readonly broken: string; readonly line: number } {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { broken: valid.err.msg, line: valid.err.line };
  const parser = new XMLParser({ preserveOrder: true, captureMetaData: true, parseTagValue: false, trimValues: true });
  const parsed: unknown = parser.parse(text);
  const root = elementsIn(parsed, text)[0];
  return root ?? { broken: 'the file has no element', line: 1 };
}

/** Texts of the elements at the end of a way of names. */
export function textsAt(element: Element, ...way: readonly string[]): readonly Element[] {
  let found: readonly Element[] = [element];
  for (const name of way) found = found.flatMap((each) => each.children.filter((child) => child.name === name));
  return found;
}

export function textAt(element: Element, name: string): string | undefined {
  return textsAt(element, name)[0]?.text;
}

function elementsIn(nodes: unknown, text: string): readonly Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    if (typeof node !== 'object' || node === null) return [];
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text' || name.startsWith('?')) return [];
    const inner: unknown = Reflect.get(node, name);
    const place: unknown = Reflect.get(node, metaData);
    const start = typeof place === 'object' && place !== null ? Number(Reflect.get(place, 'startIndex')) : 0;
    return [{ name, text: textIn(inner), children: elementsIn(inner, text), line: lineAt(text, start) }];
  });
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .map((node: unknown) => (typeof node === 'object' && node !== null && '#text' in node ? String(node['#text']) : ''))
    .join('');
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
