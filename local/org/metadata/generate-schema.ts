/**
 * Writes `schema.ndjson`: the elements of each metadata type that the local org holds, read from the published typing of
 * the Metadata API (`@salesforce/types/metadata`). Run: `node local/org/metadata/generate-schema.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { HELD_TYPES, rootOf } from './types.ts';

type Element = readonly [type: string, many: boolean, required: boolean];

const require = createRequire(import.meta.url);
const typingPath = require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts');
const source = ts.createSourceFile(typingPath, readFileSync(typingPath, 'utf8'), ts.ScriptTarget.Latest, true);

const aliases = new Map<string, ts.TypeNode>();
for (const statement of source.statements) {
  if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type);
}

const types: Record<string, Record<string, Element>> = {};
const enumerations: Record<string, string[]> = {};

function literals(node: ts.TypeNode): string[] | undefined {
  const members = ts.isUnionTypeNode(node) ? [...node.types] : [node];
  const texts = members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function typeName(node: ts.TypeNode): string {
  if (node.kind === ts.SyntaxKind.StringKeyword) return 'string';
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (node.kind === ts.SyntaxKind.NumberKeyword) return 'number';
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const name = node.typeName.text;
    if (aliases.has(name)) {
      collect(name);
      return name;
    }
  }
  return 'any';
}

function collect(name: string): void {
  if (name in types || name in enumerations) return;
  const node = aliases.get(name);
  if (!node) throw new Error(`@salesforce/types has no metadata type ${name}; mend HELD_TYPES in types.ts`);
  const values = literals(node);
  if (values) {
    enumerations[name] = values;
    return;
  }
  const elements: Record<string, Element> = {};
  types[name] = elements;
  const parts = ts.isIntersectionTypeNode(node) ? node.types : [node];
  for (const part of parts) {
    if (ts.isTypeReferenceNode(part) && ts.isIdentifier(part.typeName)) {
      collect(part.typeName.text);
      Object.assign(elements, types[part.typeName.text]);
    }
    if (!ts.isTypeLiteralNode(part)) continue;
    for (const member of part.members) {
      if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) continue;
      const many = ts.isArrayTypeNode(member.type);
      const type = typeName(ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type);
      elements[member.name.text] = [type, many, !many && !member.questionToken];
    }
  }
}

/** The text of `schema.ndjson`: a line for each type with its elements, and for each enumeration with its values. */
export function makeSchema(): string {
  collect('Package');
  for (const held of HELD_TYPES) {
    for (const name of held.known?.map((known) => rootOf(held, known)) ?? [held.name]) collect(name);
    if (held.folder) collect(held.folder.name);
    for (const child of held.children ?? []) collect(child.name);
  }
  return Object.entries({ ...types, ...enumerations })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');
}

if (import.meta.main) writeFileSync(new URL('./schema.ndjson', import.meta.url), makeSchema());
