import { readFileSync } from 'node:fs';
import type { XmlElement } from './xml.ts';

/** A mistake in a component's file; `place` counts from 1. */
export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

type ElementRule = readonly [type: string, many: boolean, required: boolean];

type TypeRules = Readonly<Record<string, ElementRule>>;

/** Rules of each type, values of each enumeration, by name. */
const schema = new Map(
  readFileSync(new URL('./schema.ndjson', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as [name: string, rules: TypeRules | readonly string[]]),
);

function valuesOf(name: string): readonly string[] | undefined {
  const found = schema.get(name);
  return Array.isArray(found) ? (found as readonly string[]) : undefined;
}

function rulesOf(name: string): TypeRules | undefined {
  const found = schema.get(name);
  return Array.isArray(found) ? undefined : (found as TypeRules | undefined);
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Elements that hold free XML although the published typing calls them a string. */
const FREE_ELEMENTS = new Set(['targetConfigs']);

function problem(element: XmlElement, message: string): Problem {
  return { message: `Error parsing file: ${message}`, line: element.line, column: element.column };
}

function checkText(element: XmlElement, type: string): Problem | undefined {
  const stray = element.children[0];
  if (stray && type !== 'any' && !FREE_ELEMENTS.has(element.name)) {
    return problem(stray, `Element {${NAMESPACE}}${stray.name} invalid at this location in type ${element.name}`);
  }
  const text = element.text.trim();
  const values = valuesOf(type);
  if (values && !values.includes(text)) {
    return problem(element, `'${text}' is not a valid value for the enum '${type}'`);
  }
  if (type === 'boolean' && !['true', 'false', '1', '0'].includes(text)) {
    return problem(element, `'${text}' is not a valid value for the type xsd:boolean`);
  }
  if (type === 'number' && (text === '' || !Number.isFinite(Number(text)))) {
    return problem(element, `'${text}' is not a valid value for the type xsd:double`);
  }
  return undefined;
}

/**
 * Checks an element against the Metadata API's type of that name: unknown, repeated and missing elements, enums,
 * booleans, numbers. Returns the first problem of the file, as an org does, or undefined.
 */
export function checkAgainstSchema(element: XmlElement, typeName: string): Problem | undefined {
  const rules = rulesOf(typeName);
  if (!rules) return checkText(element, typeName);
  const closed = new Set<string>();
  let previous: string | undefined;
  for (const child of element.children) {
    const rule = rules[child.name];
    if (!rule) {
      return problem(child, `Element {${NAMESPACE}}${child.name} invalid at this location in type ${typeName}`);
    }
    const repeated = child.name === previous ? !rule[1] : closed.has(child.name);
    if (repeated) {
      return problem(child, `Element ${child.name} is duplicated at this location in type ${typeName}`);
    }
    if (previous !== undefined && previous !== child.name) closed.add(previous);
    previous = child.name;
    const found = checkAgainstSchema(child, rule[0]);
    if (found) return found;
  }
  const present = new Set(element.children.map((child) => child.name));
  for (const [name, [type, , required]] of Object.entries(rules)) {
    // A missing boolean is false to an org, whatever its typing says.
    if (required && type !== 'boolean' && !present.has(name)) {
      return { message: `Required field is missing: ${name}`, line: element.line, column: element.column };
    }
  }
  return undefined;
}
