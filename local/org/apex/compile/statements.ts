import type { FieldDeclarationContext, StatementContext } from '@apexdevtools/apex-parser';
import { Thrown, throwApex } from '../runtime/throw.ts';
import { failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import { base, isThrowable } from '../types/index.ts';
import { Instance, RecordValue } from '../values/index.ts';
import { compileTry } from './attempts.ts';
import { compileBlock } from './blocks.ts';
import { condition, convertTo } from './convert.ts';
import { compileDml } from './dml-statements.ts';
import { compileLoop } from './loops.ts';
import { fieldOf, type Run, type Scope } from './scope.ts';
import { compileSwitch } from './switch.ts';
import { compileDeclaration } from './variables.ts';

/** Compiles one statement. Throws `CompileError`. */
export function compileStatement(scope: Scope, context: StatementContext): Run {
  const block = present(context.block());
  if (block !== undefined) return compileBlock(scope, block);
  const line = context.start.line;
  const attempted = present(context.tryStatement());
  if (attempted !== undefined) return compileTry(scope, attempted);
  scope.lines.add(line);
  const run = counted(scope, context);
  return (frame) => {
    frame.thread.step(frame, line);
    return run(frame);
  };
}

function counted(scope: Scope, context: StatementContext): Run {
  const expression = present(context.expressionStatement());
  if (expression !== undefined) {
    const { evaluate } = scope.expression(expression.expression());
    return (frame) => void evaluate(frame);
  }
  const declaration = present(context.localVariableDeclarationStatement());
  if (declaration !== undefined) return compileDeclaration(scope, declaration.localVariableDeclaration());
  const branch = present(context.ifStatement());
  if (branch !== undefined) {
    const test = condition(scope.expression(branch.parExpression().expression()), branch.parExpression());
    const [first, second] = branch.statement_list().map((each) => scope.inner().statement(each));
    return (frame) => (test(frame) ? first?.(frame) : second?.(frame));
  }
  const returned = present(context.returnStatement());
  if (returned !== undefined) {
    const value = present(returned.expression());
    if (value === undefined) {
      if (scope.returns !== base.void) failAt(context, 'Missing return statement value');
      return () => 'return';
    }
    if (scope.returns === base.void) failAt(context, 'Void method must not return a value');
    const read = convertTo(scope.expression(value), scope.returns, value);
    return (frame) => {
      frame.result = read(frame);
      return 'return';
    };
  }
  const thrown = present(context.throwStatement());
  if (thrown !== undefined) return compileThrow(scope, thrown.expression(), context);
  if (present(context.breakStatement()) !== undefined) return leaving(scope, 'break', context);
  if (present(context.continueStatement()) !== undefined) return leaving(scope, 'continue', context);
  const chosen = present(context.switchStatement());
  if (chosen !== undefined) return compileSwitch(scope, chosen);
  return (
    compileLoop(scope, context) ??
    compileRunAs(scope, context) ??
    compileDml(scope, context) ??
    unsupportedAt(context, 'statement')
  );
}

function leaving(scope: Scope, how: 'break' | 'continue', at: Placed): Run {
  if (!scope.inLoop) failAt(at, `${how} must be in a loop`);
  return () => how;
}

function compileThrow(scope: Scope, context: Parameters<Scope['expression']>[0], at: Placed): Run {
  const { type, evaluate } = scope.expression(context);
  if (!isThrowable(type)) failAt(at, `Throw expression must be of type exception: ${type.name}`);
  return (frame) => {
    const exception = evaluate(frame);
    if (exception instanceof Instance) throw new Thrown(exception);
    return throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  };
}

/** Variables of a script or trigger, which the grammar takes for fields. */
export function compileScriptVariables(scope: Scope, context: FieldDeclarationContext): Run {
  const { line } = context.start;
  scope.lines.add(line);
  const run = compileDeclaration(scope, context);
  return (frame) => {
    frame.thread.step(frame, line);
    return run(frame);
  };
}

function compileRunAs(scope: Scope, context: StatementContext): Run | undefined {
  const statement = present(context.runAsStatement());
  if (statement === undefined) return undefined;
  const [user] = (present(statement.expressionList())?.expression_list() ?? []).map((each) => scope.expression(each));
  const definition = scope.program.world.object('User');
  if (user === undefined || definition === undefined || fieldOf(definition, 'Id') === undefined) {
    return failAt(context, 'runAs needs a user');
  }
  const body = compileBlock(scope, statement.block());
  return (frame) => {
    const { thread } = frame;
    if (thread.test === undefined) throwApex(thread, 'TypeException', 'runAs is only allowed in a test');
    const who = user.evaluate(frame);
    if (!(who instanceof RecordValue) || who.id === null) {
      return throwApex(thread, 'NullPointerException', 'runAs needs a user that was inserted');
    }
    const before = thread.userId;
    thread.userId = who.id;
    try {
      return body(frame);
    } finally {
      thread.userId = before;
    }
  };
}
