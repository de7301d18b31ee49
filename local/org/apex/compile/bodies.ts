import type { BlockContext, ExpressionContext, StatementContext } from '@apexdevtools/apex-parser';
import type { Frame, Thread } from '../runtime/thread.ts';
import { failAt, type CompileError } from '../syntax/index.ts';
import { base, type ClassInfo, type Invoke, type Parameter, type Type } from '../types/index.ts';
import type { Value } from '../values/index.ts';
import { Scope, type Expr, type ProgramView, type Run } from './scope.ts';

export interface BodyContext {
  readonly program: ProgramView;
  readonly info: ClassInfo | undefined;
  readonly isStatic: boolean;
  readonly returns: Type;
  readonly errors: CompileError[];
  readonly lines: Set<number>;
  readonly triggerObject?: string | undefined;
}

/** Compiles the body of a method into what runs it. Mistakes in it are left in `errors`. */
export function body(
  context: BodyContext,
  parameters: readonly Parameter[],
  block: BlockContext,
  label: string,
): Invoke {
  const scope = new Scope(context);
  for (const { name, type } of parameters) scope.declare(block, name, type);
  const run = scope.block(block);
  if (context.returns !== base.void && !alwaysLeaves(block.statement_list())) {
    scope.attempt(() => failAt(block, 'Missing return statement required return type: ' + context.returns.name));
  }
  return invoker(context.info, run, label);
}

/** Runs a body in a frame of its own, with the sharing of its class. */
export function invoker(info: ClassInfo | undefined, run: Run, label: string): Invoke {
  return (thread, self, args) => {
    const frame: Frame = { thread, self, locals: [...args], label, info, line: 0, result: null };
    return inFrame(thread, frame, () => {
      run(frame);
      return frame.result;
    });
  };
}

function inFrame(thread: Thread, frame: Frame, act: () => Value): Value {
  thread.enter(frame);
  const before = thread.sharing;
  // An inner class has the sharing that it declares itself; without one it runs as its caller does.
  const sharing = frame.info?.sharing;
  if (sharing === 'with') thread.sharing = true;
  if (sharing === 'without') thread.sharing = false;
  const depth = thread.frames.length;
  try {
    return act();
  } finally {
    thread.sharing = before;
    thread.frames.length = depth;
    thread.leave();
  }
}

/** Compiles an expression that stands alone: a field's initial value. */
export function evaluator(
  context: BodyContext,
  expression: ExpressionContext,
  label: string,
  convert: (expr: Expr) => (frame: Frame) => Value,
): (thread: Thread, self: Value) => Value {
  const scope = new Scope(context);
  const read = convert(scope.expression(expression));
  const { line } = expression.start;
  return (thread, self) => {
    const frame: Frame = { thread, self, locals: [], label, info: context.info, line, result: null };
    return inFrame(thread, frame, () => {
      thread.step(frame, line);
      return read(frame);
    });
  };
}

/** Whether a method cannot reach the end of these statements. */
function alwaysLeaves(statements: readonly StatementContext[]): boolean {
  return statements.some((statement) => leaves(statement));
}

function leaves(statement: StatementContext): boolean {
  const one = <Part>(part: Part): NonNullable<Part> | undefined => part ?? undefined;
  if (one(statement.returnStatement()) !== undefined || one(statement.throwStatement()) !== undefined) return true;
  const block = one(statement.block());
  if (block !== undefined) return alwaysLeaves(block.statement_list());
  const branch = one(statement.ifStatement());
  if (branch !== undefined) {
    const parts = branch.statement_list();
    return parts.length === 2 && parts.every(leaves);
  }
  const attempted = one(statement.tryStatement());
  if (attempted !== undefined) {
    const last = one(attempted.finallyBlock());
    if (last !== undefined && alwaysLeaves(last.block().statement_list())) return true;
    const parts = [attempted.block(), ...attempted.catchClause_list().map((clause) => clause.block())];
    return parts.every((each) => alwaysLeaves(each.statement_list()));
  }
  const chosen = one(statement.switchStatement());
  if (chosen !== undefined) {
    const whens = chosen.whenControl_list();
    const hasElse = whens.some((when) => one(when.whenValue().ELSE()) !== undefined);
    return hasElse && whens.every((when) => alwaysLeaves(when.block().statement_list()));
  }
  const endless = one(statement.whileStatement());
  if (endless !== undefined) return /^while\(true\)/i.test(statement.getText());
  const until = one(statement.doWhileStatement());
  return until !== undefined && alwaysLeaves(until.block().statement_list());
}
