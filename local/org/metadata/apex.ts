import { strFromU8 } from 'fflate';
import { ApexParserFactory, ApexSyntaxError, ThrowingErrorListener } from '@apexdevtools/apex-parser';
import type { Component } from './component.ts';

/** A mistake in Apex source; line and column count from 1. */
export interface ApexProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The object that a trigger is on, with the place where the trigger says so. */
export interface TriggerHead {
  readonly name: string;
  readonly object: string;
  readonly line: number;
  readonly column: number;
}

function read<T>(work: () => T): T | ApexProblem {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApexSyntaxError)) throw error;
    return { message: error.message, line: error.line, column: error.column + 1 };
  }
}

/** The Apex source of a class or trigger. */
export function apexSource(component: Component): string {
  return strFromU8(component.content.get(component.fileName) ?? new Uint8Array());
}

/** Reads the source of a class: undefined when it is well formed and declares what its file is named after. */
export function checkApexClass(component: Component): ApexProblem | undefined {
  const { parser } = ApexParserFactory.createLexerAndParser(apexSource(component), ThrowingErrorListener.INSTANCE);
  const unit = read(() => parser.compilationUnit());
  if ('message' in unit) return unit;
  const type = unit.typeDeclaration();
  const id = (type.classDeclaration() ?? type.interfaceDeclaration() ?? type.enumDeclaration())?.id();
  const name = id?.getText() ?? '';
  if (name.toLowerCase() === component.fullName.toLowerCase()) return undefined;
  const message = `File name mismatch with class name: ${name}`;
  return { message, line: id?.start.line ?? 1, column: (id?.start.column ?? 0) + 1 };
}

/** Reads the source of a trigger: its head, or the first mistake. */
export function readTrigger(component: Component): TriggerHead | ApexProblem {
  const { parser } = ApexParserFactory.createLexerAndParser(apexSource(component), ThrowingErrorListener.INSTANCE);
  const unit = read(() => parser.triggerUnit());
  if ('message' in unit) return unit;
  const [name, object] = unit.id_list();
  const { line, column } = (object ?? unit).start;
  return { name: name?.getText() ?? '', object: object?.getText() ?? '', line, column: column + 1 };
}
