import type { LocalVariableDeclarationContext } from '@apexdevtools/apex-parser';
import { present } from '../syntax/index.ts';
import { sequence } from './blocks.ts';
import { convertTo } from './convert.ts';
import type { Run, Scope } from './scope.ts';

/** Compiles the declaration of local variables, which begin with their values or null. */
export function compileDeclaration(
  scope: Scope,
  context: Pick<LocalVariableDeclarationContext, 'typeRef' | 'variableDeclarators'>,
): Run {
  const type = scope.type(context.typeRef());
  const runs = context
    .variableDeclarators()
    .variableDeclarator_list()
    .map((each): Run => {
      const initial = present(each.expression());
      const read =
        initial === undefined ? undefined : scope.attempt(() => convertTo(scope.expression(initial), type, each));
      const { slot } = scope.declare(each, each.id().getText(), type);
      return (frame) => void (frame.locals[slot] = read?.(frame) ?? null);
    });
  return sequence(runs);
}
