import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of an XML file, with the place where it begins (both counted from 1). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text of an element without children, entities resolved. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The file is not well-formed XML. */
export class XmlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

interface ParsedNode {
  readonly [key: string]: unknown;
}

const PLACE = XMLParser.getMetaDataSymbol() as unknown as symbol;
const ATTRIBUTES = ':@';
const TEXT = '#text';

function isNode(value: unknown): value is ParsedNode {
  return typeof value === 'object' && value !== null;
}

/** Line starts of a text, to turn an offset into a line and a column. */
function placer(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function attributesOf(node: ParsedNode): Record<string, string> {
  const found = node[ATTRIBUTES];
  return isNode(found) ? Object.fromEntries(Object.entries(found).map(([name, value]) => [name, String(value)])) : {};
}

function convert(
  node: ParsedNode,
  place: (offset: number) => { line: number; column: number },
): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name === TEXT || name.startsWith('?')) return undefined;
  const inner = node[name];
  const nodes = Array.isArray(inner) ? inner.filter(isNode) : [];
  const children = nodes.map((child) => convert(child, place)).filter((child) => child !== undefined);
  const text = nodes.map((child) => (TEXT in child ? String(child[TEXT]) : '')).join('');
  const meta = (node as unknown as Record<symbol, { startIndex?: number } | undefined>)[PLACE];
  return {
    name,
    attributes: attributesOf(node),
    children,
    text: children.length > 0 ? '' : text,
    ...place(meta?.startIndex ?? 0),
  };
}

/**
 * Reads a whole XML document and returns its root element. Namespace prefixes are dropped when asked (SOAP).
 * Throws `XmlError` with the place when it is not well formed.
 */
export function readXml(text: string, options: { readonly dropPrefixes?: boolean } = {}): XmlElement {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new XmlError(valid.err.msg, valid.err.line, valid.err.col);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    captureMetaData: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    removeNSPrefix: options.dropPrefixes ?? false,
  });
  const parsed: unknown = parser.parse(text);
  const place = placer(text);
  const nodes = Array.isArray(parsed) ? parsed.filter(isNode) : [];
  const root = nodes.map((node) => convert(node, place)).find((element) => element !== undefined);
  if (!root) throw new XmlError('Premature end of file.', 1, 1);
  return root;
}

/** Text of the first child of that name, undefined when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/** Children of that name, in order. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Text with the five characters that XML reserves written as entities. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
}

/** An element as text, four spaces for each level, as the Metadata API prints it. */
export function printElement(element: XmlElement, depth = 0): string {
  const indent = '    '.repeat(depth);
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const open = `${indent}<${element.name}${attributes.join('')}`;
  if (element.children.length > 0) {
    const inner = element.children.map((child) => printElement(child, depth + 1)).join('');
    return `${open}>\n${inner}${indent}</${element.name}>\n`;
  }
  return element.text === '' ? `${open}/>\n` : `${open}>${escapeXml(element.text)}</${element.name}>\n`;
}

const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** A metadata file whose root is of type `name` with these children. */
export function printMetadataFile(name: string, children: readonly XmlElement[]): string {
  const root: XmlElement = { name, attributes: { xmlns: METADATA_NAMESPACE }, children, text: '', line: 1, column: 1 };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${printElement(root)}`;
}

/** An element made here, without a place. */
export function makeElement(name: string, content: string | readonly XmlElement[]): XmlElement {
  const text = typeof content === 'string' ? content : '';
  return { name, attributes: {}, children: typeof content === 'string' ? [] : content, text, line: 0, column: 0 };
}
