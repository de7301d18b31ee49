import {
  ApexErrorListener,
  ApexParserFactory,
  type AnonymousUnitContext,
  type CompilationUnitContext,
  type TriggerUnitContext,
} from '@apexdevtools/apex-parser';
import { CompileError } from './compile-error.ts';

/** Reads a class file. Throws `CompileError` at the first mistake. */
export const parseClass = (source: string): CompilationUnitContext =>
  parse(source, (parser) => parser.compilationUnit());

export const parseTrigger = (source: string): TriggerUnitContext => parse(source, (parser) => parser.triggerUnit());

export const parseAnonymous = (source: string): AnonymousUnitContext =>
  parse(source, (parser) => parser.anonymousUnit());

type Parser = ReturnType<typeof ApexParserFactory.createLexerAndParser>['parser'];

function parse<Unit>(source: string, read: (parser: Parser) => Unit): Unit {
  const listener = new Listener();
  const { parser } = ApexParserFactory.createLexerAndParser(source, listener);
  const unit = read(parser);
  const [first] = listener.errors;
  if (first !== undefined) throw first;
  return unit;
}

class Listener extends ApexErrorListener {
  readonly errors: CompileError[] = [];

  apexSyntaxError(line: number, column: number, message: string): void {
    this.errors.push(new CompileError(message, line, column + 1));
  }
}
