import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

export interface ElementType {
  readonly type: string;
  readonly many: boolean;
  readonly required: boolean;
}

/** What an element may hold: other elements, one of several words, or text of a primitive type. */
export type MetadataType =
  | { readonly kind: 'elements'; readonly elements: ReadonlyMap<string, ElementType> }
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'text' | 'boolean' | 'number' };

/** Finds a type of the Metadata API by its name, absent when the platform has none. Source: `@salesforce/types`. */
export type Typing = (name: string) => MetadataType | undefined;

/** Reads the typing that Salesforce publishes of its Metadata API. */
export function readTyping(): Typing {
  const file = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const aliases = new Map<string, ts.TypeNode>();
  for (const statement of source.statements) {
    if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type);
  }
  const read = new Map<string, MetadataType>();

  function typeNamed(name: string): MetadataType | undefined {
    const known = read.get(name) ?? primitives.get(name);
    if (known !== undefined) return known;
    const node = aliases.get(name);
    if (node === undefined) return undefined;
    const type = convert(node);
    read.set(name, type);
    return type;
  }

  function convert(node: ts.TypeNode): MetadataType {
    const words = wordsOf(node);
    if (words !== undefined) return { kind: 'words', words: new Set(words) };
    if (ts.isTypeLiteralNode(node) || ts.isIntersectionTypeNode(node))
      return { kind: 'elements', elements: elementsOf(node) };
    if (ts.isTypeReferenceNode(node)) return typeNamed(node.typeName.getText()) ?? { kind: 'text' };
    return primitives.get(node.getText()) ?? { kind: 'text' };
  }

  function elementsOf(node: ts.TypeNode): ReadonlyMap<string, ElementType> {
    const elements = new Map<string, ElementType>();
    for (const part of ts.isIntersectionTypeNode(node) ? node.types : [node]) {
      if (ts.isTypeReferenceNode(part)) {
        const base = typeNamed(part.typeName.getText());
        if (base?.kind === 'elements') base.elements.forEach((element, name) => elements.set(name, element));
      }
      if (!ts.isTypeLiteralNode(part)) continue;
      for (const member of part.members) {
        if (!ts.isPropertySignature(member) || member.type === undefined) continue;
        const many = ts.isArrayTypeNode(member.type);
        const type = ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type;
        elements.set(member.name.getText(), {
          type: type.getText(),
          many,
          required: !many && member.questionToken === undefined,
        });
      }
    }
    return elements;
  }

  return typeNamed;
}

const primitives: ReadonlyMap<string, MetadataType> = new Map([
  ['string', { kind: 'text' }],
  ['boolean', { kind: 'boolean' }],
  ['number', { kind: 'number' }],
]);

function wordsOf(node: ts.TypeNode): readonly string[] | undefined {
  const words: string[] = [];
  for (const member of ts.isUnionTypeNode(node) ? node.types : [node]) {
    if (!ts.isLiteralTypeNode(member) || !ts.isStringLiteral(member.literal)) return undefined;
    words.push(member.literal.text);
  }
  return words;
}
