import type { TryStatementContext } from '@apexdevtools/apex-parser';
import { isCatchable, makeException, Thrown } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present } from '../syntax/index.ts';
import { isThrowable, known } from '../types/index.ts';
import { compileBlock } from './blocks.ts';
import type { Completion, Run, Scope } from './scope.ts';
import { typeNamed } from './types.ts';

/** Compiles try, catch and finally. */
export function compileTry(scope: Scope, context: TryStatementContext): Run {
  const body = compileBlock(scope, context.block());
  const clauses = context.catchClause_list().map((clause) => {
    const name = clause.qualifiedName().getText();
    const type = typeNamed(scope, name) ?? failAt(clause, `Invalid type: ${name}`);
    if (!isThrowable(type)) failAt(clause, `Catch clause must name an exception: ${name}`);
    const inner = scope.inner();
    const { slot } = inner.declare(clause, clause.id().getText(), type);
    return { info: type.info, slot, run: compileBlock(inner, clause.block()) };
  });
  const last = present(context.finallyBlock());
  const ending = last === undefined ? undefined : compileBlock(scope, last.block());
  const guarded: Run = (frame) => {
    const depth = frame.thread.frames.length;
    try {
      return body(frame);
    } catch (error) {
      const thrown = asThrown(frame, error);
      if (thrown === undefined || !isCatchable(thrown)) throw error;
      const clause = clauses.find(({ info }) => thrown.exception.info.is(info));
      if (clause === undefined) throw error;
      frame.thread.frames.length = depth;
      frame.locals[clause.slot] = thrown.exception;
      return clause.run(frame);
    }
  };
  if (ending === undefined) return guarded;
  return (frame) => {
    let completion: Completion;
    try {
      completion = guarded(frame);
    } catch (error) {
      const left = asThrown(frame, error);
      if (left !== undefined && !isCatchable(left)) throw error;
      if (ending(frame) === 'return') return 'return';
      throw error;
    }
    const { result } = frame;
    const ended = ending(frame);
    if (ended === undefined) frame.result = result;
    return ended ?? completion;
  };
}

/** The interpreter's own stack ends where an org's would have: neither can be caught. */
function asThrown(frame: Frame, error: unknown): Thrown | undefined {
  if (error instanceof RangeError) {
    return new Thrown(makeException(frame.thread, known('LimitException'), 'Maximum stack depth reached'));
  }
  return error instanceof Thrown ? error : undefined;
}
