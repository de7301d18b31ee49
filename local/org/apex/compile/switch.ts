import type { SwitchStatementContext, WhenLiteralContext, WhenValueContext } from '@apexdevtools/apex-parser';
import { isInstance } from '../runtime/cast.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, unsupportedAt } from '../syntax/index.ts';
import { base, type Type } from '../types/index.ts';
import { isSame, type Value } from '../values/index.ts';
import { literalText } from './literals.ts';
import type { Run, Scope } from './scope.ts';

interface When {
  readonly fits: (frame: Frame, value: Value) => boolean;
  readonly run: Run;
}

/** Compiles `switch on`. */
export function compileSwitch(scope: Scope, context: SwitchStatementContext): Run {
  const { type, evaluate } = scope.expression(context.expression());
  const whens = context.whenControl_list().map((control): When => {
    const value = control.whenValue();
    if (present(value.ELSE()) !== undefined) return { fits: () => true, run: scope.block(control.block()) };
    const named = present(value.typeRef());
    if (named !== undefined) {
      const wanted = scope.type(named);
      const inner = scope.inner();
      const { slot } = inner.declare(value, value.id().getText(), wanted);
      return {
        fits: (frame, given) => {
          if (!isInstance(frame.thread, given, wanted)) return false;
          frame.locals[slot] = given;
          return true;
        },
        run: inner.block(control.block()),
      };
    }
    const constants = constantsOf(value, type);
    return {
      fits: (_frame, given) => constants.some((each) => isSame(each(), given)),
      run: scope.block(control.block()),
    };
  });
  return (frame) => {
    const value = evaluate(frame);
    return whens.find(({ fits }) => fits(frame, value))?.run(frame);
  };
}

function constantsOf(value: WhenValueContext, type: Type): readonly (() => Value)[] {
  return value.whenLiteral_list().map((literal) => constantOf(literal, type));
}

function constantOf(literal: WhenLiteralContext, type: Type): () => Value {
  const text = literal.getText();
  const inner = present(literal.whenLiteral());
  if (inner !== undefined) return constantOf(inner, type);
  if (present(literal.NULL()) !== undefined) return () => null;
  const name = present(literal.qualifiedName());
  if (name !== undefined) {
    const field = type.info.fields.get(text.toLowerCase());
    if (type.info.kind !== 'enum' || field === undefined) return failAt(literal, `Invalid value for when: ${text}`);
    return () => field.get?.(NO_THREAD, null) ?? null;
  }
  if (present(literal.StringLiteral()) !== undefined) {
    if (type !== base.string && type !== base.id) failAt(literal, `When value must be of type ${type.name}`);
    const constant = literalText(text, literal);
    return () => constant;
  }
  if (present(literal.IntegerLiteral()) !== undefined && type === base.integer) {
    const constant = Number(text);
    return () => constant;
  }
  if (present(literal.LongLiteral()) !== undefined && type === base.long) {
    const constant = BigInt(text.replace(/l$/i, ''));
    return () => constant;
  }
  return unsupportedAt(literal, `when value ${text} on ${type.name}`);
}

/** Constants of an enum need no thread. */
const NO_THREAD = undefined as never;
