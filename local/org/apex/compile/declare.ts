import type {
  ClassDeclarationContext,
  EnumDeclarationContext,
  InterfaceDeclarationContext,
  ModifierContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import { failAt, present, type Placed } from '../syntax/index.ts';
import { ClassInfo } from '../types/index.ts';
import { readModifiers, type Modifiers } from './modifiers.ts';

/** A class of code that has its name, and not yet its members. */
export interface Declared {
  readonly info: ClassInfo;
  readonly modifiers: Modifiers;
  readonly declaration:
    | { readonly kind: 'class'; readonly context: ClassDeclarationContext }
    | { readonly kind: 'interface'; readonly context: InterfaceDeclarationContext }
    | { readonly kind: 'enum'; readonly context: EnumDeclarationContext };
}

interface Declaring {
  modifier_list(): ModifierContext[];
}

/** The class of a file, and those inside it. */
export function declareFile(file: string, context: TypeDeclarationContext): readonly Declared[] {
  const found: Declared[] = [];
  declare(file, context, undefined, found, {
    class: present(context.classDeclaration()),
    interface: present(context.interfaceDeclaration()),
    enum: present(context.enumDeclaration()),
  });
  return found;
}

interface Kinds {
  readonly class: ClassDeclarationContext | undefined;
  readonly interface: InterfaceDeclarationContext | undefined;
  readonly enum: EnumDeclarationContext | undefined;
}

function declare(file: string, holder: Declaring, outer: ClassInfo | undefined, found: Declared[], kinds: Kinds): void {
  const modifiers = readModifiers(holder.modifier_list());
  if (kinds.class !== undefined) {
    const { class: context } = kinds;
    const info = makeClass(file, context.id().getText(), 'class', outer, modifiers, context);
    found.push({ info, modifiers, declaration: { kind: 'class', context } });
    for (const member of context.classBody().classBodyDeclaration_list()) {
      const inner = present(member.memberDeclaration());
      if (inner === undefined) continue;
      declare(file, member, info, found, {
        class: present(inner.classDeclaration()),
        interface: present(inner.interfaceDeclaration()),
        enum: present(inner.enumDeclaration()),
      });
    }
  } else if (kinds.interface !== undefined) {
    const { interface: context } = kinds;
    const info = makeClass(file, context.id().getText(), 'interface', outer, modifiers, context);
    found.push({ info, modifiers, declaration: { kind: 'interface', context } });
  } else if (kinds.enum !== undefined) {
    const { enum: context } = kinds;
    const info = makeClass(file, context.id().getText(), 'enum', outer, modifiers, context);
    found.push({ info, modifiers, declaration: { kind: 'enum', context } });
  }
}

function makeClass(
  file: string,
  name: string,
  kind: ClassInfo['kind'],
  outer: ClassInfo | undefined,
  { words, annotations, visibility }: Modifiers,
  at: Placed,
): ClassInfo {
  const info = new ClassInfo(outer === undefined ? name : `${outer.name}.${name}`, kind, [], outer);
  info.file = file;
  info.visibility = visibility;
  info.annotations = annotations;
  info.isAbstract = words.has('abstract') || kind === 'interface';
  info.isVirtual = words.has('virtual') || info.isAbstract;
  info.isTest = annotations.has('istest') || outer?.isTest === true;
  const sharing = [...words].find((word) => word.endsWith('sharing'));
  if (sharing !== undefined)
    info.sharing = /^(with|without|inherited)/.exec(sharing)?.[1] as 'with' | 'without' | 'inherited';
  if (outer !== undefined) {
    if (outer.inner.has(name.toLowerCase())) failAt(at, `Duplicate class: ${name}`);
    outer.inner.set(name.toLowerCase(), info);
  }
  return info;
}
