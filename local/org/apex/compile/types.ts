import type { TypeNameContext, TypeRefContext } from '@apexdevtools/apex-parser';
import { failAt, present, type Placed } from '../syntax/index.ts';
import {
  base,
  isNamespace,
  libraryClass,
  listOf,
  mapOf,
  recordType,
  setOf,
  type ClassInfo,
  type Type,
} from '../types/index.ts';
import type { ProgramView, Scope } from './scope.ts';

type Within = Pick<Scope, 'info' | 'program'>;

/** The type that a declaration names. Throws `CompileError` for one that is not there. */
export function compileType(within: Within, context: TypeRefContext): Type {
  const names = context.typeName_list();
  const last = names.at(-1);
  const arrays = context.arraySubscripts().LBRACK_list().length;
  let type = last === undefined ? base.void : namedType(within, names, last, context);
  for (let depth = 0; depth < arrays; depth++) type = listOf(type);
  return type;
}

function namedType(within: Within, names: readonly TypeNameContext[], last: TypeNameContext, at: Placed): Type {
  const given = present(last.typeArguments())?.typeList().typeRef_list() ?? [];
  const args = given.map((arg) => compileType(within, arg));
  const path = names.map(nameOf).join('.');
  return typeNamed(within, path, args) ?? failAt(at, `Invalid type: ${path}`);
}

function nameOf(name: TypeNameContext): string {
  if (present(name.LIST()) !== undefined) return 'List';
  if (present(name.SET()) !== undefined) return 'Set';
  if (present(name.MAP()) !== undefined) return 'Map';
  return name.id().getText();
}

/** The type of a dotted name with these arguments; undefined when there is none. */
export function typeNamed(within: Within, path: string, args: readonly Type[] = []): Type | undefined {
  const [first, second] = args;
  switch (path.toLowerCase()) {
    case 'list':
      return first && listOf(first);
    case 'set':
      return first && setOf(first);
    case 'map':
      return first && second && mapOf(first, second);
    case 'void':
    case 'null':
      return undefined;
    default:
  }
  const info = classNamed(within, path);
  if (info !== undefined) return typeOfClass(info, args);
  const parts = path.split('.');
  const bare = parts.length === 2 && isNamespace(parts[0] ?? '') ? (parts[1] ?? '') : path;
  const object = within.program.world.object(bare);
  return object === undefined || args.length > 0 ? undefined : recordType(object.name);
}

function typeOfClass(info: ClassInfo, args: readonly Type[]): Type | undefined {
  if (info === base.sobject.info) return base.sobject;
  if (info.parameters.length === args.length) return info.type(...args);
  // `Database.Batchable` and the like may be written without their argument.
  return args.length === 0 ? info.type(...info.parameters.map(() => base.object)) : undefined;
}

function classNamed(within: Within, path: string): ClassInfo | undefined {
  const parts = path.split('.');
  const [head = '', ...rest] = parts;
  const first = visibleClass(within.info, head) ?? within.program.topLevel(head);
  if (first !== undefined) return innerOf(first, rest);
  const found = libraryClass(path);
  if (found !== undefined) return found;
  return isNamespace(head) && rest.length > 0 ? libraryClass(rest.join('.')) : undefined;
}

function innerOf(info: ClassInfo, names: readonly string[]): ClassInfo | undefined {
  let current: ClassInfo | undefined = info;
  for (const name of names) current = current && innerNamed(current, name);
  return current;
}

function innerNamed(info: ClassInfo, name: string): ClassInfo | undefined {
  for (const each of info.ancestry()) {
    const inner = each.inner.get(name.toLowerCase());
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A class that code inside `info` may name alone: an inner one, or one beside it. */
function visibleClass(info: ClassInfo | undefined, name: string): ClassInfo | undefined {
  for (let around = info; around !== undefined; around = around.outer) {
    if (around.simpleName.toLowerCase() === name.toLowerCase() && around.file !== undefined) return around;
    const inner = innerNamed(around, name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A type by its name at run time: `Type.forName`, JSON. */
export function typeByName(program: ProgramView, name: string): Type | undefined {
  const match = /^(list|set|map)\s*<(.*)>$/i.exec(name.trim());
  if (match === null) return typeNamed({ program, info: undefined }, name.trim());
  const args = splitArguments(match[2] ?? '').map((part) => typeByName(program, part));
  if (args.some((arg) => arg === undefined)) return undefined;
  return typeNamed(
    { program, info: undefined },
    match[1] ?? '',
    args.flatMap((arg) => arg ?? []),
  );
}

function splitArguments(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const letter of text) {
    depth += letter === '<' ? 1 : letter === '>' ? -1 : 0;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
