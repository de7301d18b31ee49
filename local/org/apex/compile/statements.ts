import type {
  BlockContext,
  FieldDeclarationContext,
  LocalVariableDeclarationContext,
  StatementContext,
  TryStatementContext,
} from '@apexdevtools/apex-parser';
import { callMethod } from '../runtime/invoke.ts';
import { isCatchable, makeException, Thrown, throwApex } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import { base, isList, isSet, isThrowable, known, type Type } from '../types/index.ts';
import { Instance, ListValue, RecordValue, SetValue, type Value } from '../values/index.ts';
import { condition, convertTo } from './convert.ts';
import { compileDml } from './dml-statements.ts';
import { fieldOf, type Completion, type Run, type Scope } from './scope.ts';
import { compileSwitch } from './switch.ts';
import { typeNamed } from './types.ts';

/** Compiles a block in a scope of its own. */
export function compileBlock(scope: Scope, context: BlockContext): Run {
  const inner = scope.inner();
  return sequence(context.statement_list().map((each) => inner.attempt(() => inner.statement(each)) ?? nothing));
}

const nothing: Run = () => undefined;

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

function compileDeclaration(
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

function compileLoop(scope: Scope, context: StatementContext): Run | undefined {
  const whole = present(context.whileStatement());
  if (whole !== undefined) {
    const test = condition(scope.expression(whole.parExpression().expression()), whole.parExpression());
    const body = loopBody(scope, present(whole.statement()));
    return looped(test, body, undefined);
  }
  const until = present(context.doWhileStatement());
  if (until !== undefined) {
    const body = compileBlock(scope.inner(true), until.block());
    const test = condition(scope.expression(until.parExpression().expression()), until.parExpression());
    return (frame) => {
      let first = true;
      return looped((each) => (first ? !(first = false) : test(each)), body, undefined)(frame);
    };
  }
  const counting = present(context.forStatement());
  if (counting === undefined) return undefined;
  const each = present(counting.forControl().enhancedForControl());
  const inner = scope.inner(true);
  if (each !== undefined) {
    const source = scope.expression(each.expression());
    const type = scope.type(each.typeRef());
    const { slot } = inner.declare(each, each.id().getText(), type);
    const body = loopBody(inner, present(counting.statement()));
    return forEach(source.type, source.evaluate, type, slot, body, each, source.isQuery === true);
  }
  const control = counting.forControl();
  const start = present(control.forInit());
  const declared = present(start?.localVariableDeclaration());
  const begins = (present(start?.expressionList())?.expression_list() ?? []).map((expr) => inner.expression(expr));
  const begin: Run =
    declared === undefined
      ? (frame) => begins.forEach((expr) => expr.evaluate(frame)) as undefined
      : compileDeclaration(inner, declared);
  const asked = present(control.expression());
  const test = asked === undefined ? () => true : condition(inner.expression(asked), asked);
  const updates = (present(control.forUpdate())?.expressionList().expression_list() ?? []).map((expr) =>
    inner.expression(expr),
  );
  const body = loopBody(inner, present(counting.statement()));
  const loop = looped(test, body, (frame) => updates.forEach((expr) => expr.evaluate(frame)));
  return (frame) => {
    begin(frame);
    return loop(frame);
  };
}

function loopBody(scope: Scope, statement: StatementContext | undefined): Run {
  return statement === undefined ? nothing : scope.inner(true).statement(statement);
}

function looped(test: (frame: Frame) => boolean, body: Run, update: ((frame: Frame) => void) | undefined): Run {
  return (frame) => {
    while (test(frame)) {
      const completion = body(frame);
      if (completion === 'break') return undefined;
      if (completion === 'return') return completion;
      update?.(frame);
      frame.thread.step(frame, frame.line);
    }
    return undefined;
  };
}

/** Most records that a SOQL loop over lists gets at a time. */
const BATCH = 200;

function forEach(
  from: Type,
  source: (frame: Frame) => Value,
  type: Type,
  slot: number,
  body: Run,
  at: Placed,
  isQuery: boolean,
): Run {
  const item = from.args[0];
  const inBatches = isQuery && isList(type);
  const iterates = isList(from) || isSet(from) || from.info.is(known('Iterable'));
  if (!iterates || (!inBatches && item === undefined && !from.info.is(known('Iterable')))) {
    failAt(at, `Loop must iterate over a collection type: ${from.name}`);
  }
  if (!inBatches && item !== undefined) convertTo({ type: item, evaluate: () => null }, type, at);
  return (frame) => {
    const collection = source(frame);
    for (const each of itemsOf(frame, collection, inBatches ? type : undefined)) {
      frame.locals[slot] = each;
      const completion = body(frame);
      if (completion === 'break') return undefined;
      if (completion === 'return') return completion;
      frame.thread.step(frame, frame.line);
    }
    return undefined;
  };
}

function* itemsOf(frame: Frame, collection: Value, batch: Type | undefined): Iterable<Value> {
  if (collection === null) throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  if (collection instanceof ListValue && batch !== undefined) {
    for (let from = 0; from < collection.items.length; from += BATCH) {
      yield new ListValue(collection.items.slice(from, from + BATCH), batch);
    }
    return;
  }
  if (collection instanceof ListValue || collection instanceof SetValue) {
    const size = sizeOf(collection);
    for (const item of [...(collection instanceof ListValue ? collection.items : collection.items.values())]) {
      if (sizeOf(collection) !== size) {
        throwApex(frame.thread, 'FinalException', 'Cannot modify a collection while it is being iterated.');
      }
      yield item;
    }
    return;
  }
  const iterator = callMethod(frame.thread, collection, 'iterator', []);
  while (callMethod(frame.thread, iterator, 'hasNext', []) === true)
    yield callMethod(frame.thread, iterator, 'next', []);
}

const sizeOf = (collection: ListValue | SetValue): number =>
  collection instanceof ListValue ? collection.items.length : collection.items.size;

function compileTry(scope: Scope, context: TryStatementContext): Run {
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
