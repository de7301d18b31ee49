import { addValues } from '../library/index.ts';
import { failAt, type Placed, present } from '../syntax/index.ts';
import { type ClassInfo, isThrowable, type MethodInfo } from '../types/index.ts';
import type { ClassWork } from './class-work.ts';
import type { Declared } from './declare.ts';
import { compileType } from './types.ts';

/** Resolves what a class extends and implements. */
export function resolveHeritage({ info, declaration }: Declared, { program }: ClassWork): void {
  const within = { info, program };
  if (declaration.kind === 'enum') {
    const names =
      present(declaration.context.enumConstants())
        ?.id_list()
        .map((id) => id.getText()) ?? [];
    addValues(info, names);
    return;
  }
  const { context } = declaration;
  if (declaration.kind === 'interface') {
    info.interfaces = (present(context.typeList())?.typeRef_list() ?? []).map((each) => compileType(within, each));
    return;
  }
  const parent = present(declaration.context.typeRef());
  if (parent !== undefined) {
    info.superclass = compileType(within, parent);
    const { info: above } = info.superclass;
    if (above.kind !== 'class') failAt(parent, `Invalid super type: ${info.superclass.name}`);
    if (!above.isVirtual && !isThrowable(info.superclass)) {
      failAt(parent, `Non-virtual and non-abstract type cannot be extended: ${info.superclass.name}`);
    }
    if (above.is(info)) failAt(parent, `Circular definition: ${info.name}`);
  }
  info.interfaces = (present(context.typeList())?.typeRef_list() ?? []).map((each) => compileType(within, each));
}

/** Whether one method overrides or implements the other, their names being the same. */
export const sameParameters = (left: MethodInfo, right: MethodInfo): boolean =>
  left.parameters.length === right.parameters.length &&
  left.parameters.every(({ type }, at) => type === right.parameters[at]?.type);

/** A class that is not abstract has every method that it promises. */
/** Fails with a `CompileError` for a class that leaves out what its interfaces or its superclass promise. */
export function checkImplemented(info: ClassInfo, at: Placed): void {
  if (info.isAbstract) return;
  for (const promised of promisesOf(info)) {
    const found = info
      .methodsNamed(promised.name)
      .find((each) => !each.isAbstract && each.parameters.length === promised.parameters.length);
    if (found === undefined) {
      const given = promised.parameters.map(({ type }) => type.name).join(', ');
      failAt(
        at,
        `Class ${info.name} must implement the method: ${promised.returns.name} ${promised.owner.name}.${promised.name}(${given})`,
      );
    }
  }
}

function promisesOf(info: ClassInfo): readonly MethodInfo[] {
  const promised: MethodInfo[] = [];
  const visit = (each: ClassInfo): void => {
    for (const methods of each.methods.values()) promised.push(...methods.filter(({ isAbstract }) => isAbstract));
    if (each.superclass !== undefined) visit(each.superclass.info);
    for (const declared of each.interfaces) visit(declared.info);
  };
  visit(info);
  return promised;
}
