import type { LiteralContext } from '@apexdevtools/apex-parser';
import { failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import { base } from '../types/index.ts';
import { Decimal, DoubleValue, type Value } from '../values/index.ts';
import type { Expr } from './scope.ts';

/** A literal as it is written. */
export function compileLiteral(context: LiteralContext): Expr {
  const text = context.getText();
  if (present(context.NULL()) !== undefined) return constant(base.null, null);
  if (present(context.BooleanLiteral()) !== undefined) return constant(base.boolean, text.toLowerCase() === 'true');
  if (present(context.IntegerLiteral()) !== undefined) return constant(base.integer, integer(text, context));
  if (present(context.LongLiteral()) !== undefined) return constant(base.long, BigInt(text.slice(0, -1)));
  if (present(context.NumberLiteral()) !== undefined) return number(text, context);
  if (present(context.StringLiteral()) !== undefined) {
    return constant(base.string, unescape(text.slice(1, -1), context));
  }
  if (present(context.MultilineStringLiteral()) !== undefined) {
    return constant(base.string, unescape(text.slice(3, -3).replace(/^[ \t]*\r?\n/, ''), context));
  }
  return unsupportedAt(context, `literal ${text}`);
}

const constant = (type: Expr['type'], value: Value): Expr => ({ type, evaluate: () => value });

function integer(text: string, at: Placed): number {
  const value = Number(text);
  return value <= 2_147_483_647 ? value : failAt(at, `Illegal integer`);
}

function number(text: string, at: Placed): Expr {
  if (/d$/i.test(text)) return constant(base.double, new DoubleValue(Number(text.slice(0, -1))));
  return constant(base.decimal, Decimal.parse(text) ?? failAt(at, `Illegal decimal ${text}`));
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

function unescape(raw: string, at: Placed): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return (
      ESCAPES[code.toLowerCase()] ??
      failAt(
        at,
        `Illegal string literal: Invalid string literal '${raw}'. Illegal character sequence '\\${code}' in string literal.`,
      )
    );
  });
}

/** The text of a string literal with its quotes. */
export const literalText = (text: string, at: Placed): string => unescape(text.slice(1, -1), at);
