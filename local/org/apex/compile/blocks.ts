import type { BlockContext } from '@apexdevtools/apex-parser';
import type { Run, Scope } from './scope.ts';

/** Compiles a block in a scope of its own. */
export function compileBlock(scope: Scope, context: BlockContext): Run {
  const inner = scope.inner();
  return sequence(context.statement_list().map((each) => inner.attempt(() => inner.statement(each)) ?? nothing));
}

/** A statement that does nothing. */
export const nothing: Run = () => undefined;

/** Statements one after the other, until one of them leaves. */
export function sequence(runs: readonly Run[]): Run {
  return (frame) => {
    for (const run of runs) {
      const completion = run(frame);
      if (completion !== undefined) return completion;
    }
    return undefined;
  };
}
