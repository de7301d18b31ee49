import type { BlockContext, ExpressionContext, StatementContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { FieldDefinition, ObjectDefinition } from '../../core/index.ts';
import type { Frame } from '../runtime/thread.ts';
import { CompileError, failAt, type Placed } from '../syntax/index.ts';
import type { ClassInfo, Type } from '../types/index.ts';
import type { Value } from '../values/index.ts';

/** What a chain of `?.` ends with when something on its way was null. */
export const SHORT = Symbol('short');

/** A compiled expression: its static type, and how its value is found. */
export interface Expr {
  readonly type: Type;
  readonly evaluate: (frame: Frame) => Value;
  /** As `evaluate`, for what follows a `?.`. */
  readonly chain?: (frame: Frame) => Value | typeof SHORT;
  /** Present for what can be assigned to. */
  readonly place?: Place;
  /** A query: its list may be taken for one record. */
  readonly isQuery?: true;
  /** The object that `Schema.SObjectType.X` describes; the object whose fields `….fields` are. */
  readonly describes?: string;
  readonly fieldsOf?: string;
  /** A field of a record, for `addError`. */
  readonly recordField?: { readonly record: Expr; readonly field: string };
}

/** Something that can be assigned to. */
export interface Place {
  readonly type: Type;
  /** Finds it once; then it is read and written. */
  readonly bind: (frame: Frame) => Reference;
}

export interface Reference {
  get(): Value;
  set(value: Value): void;
}

/** How a statement ended. */
export type Completion = undefined | 'break' | 'continue' | 'return';
export type Run = (frame: Frame) => Completion;

export interface Local {
  readonly name: string;
  readonly type: Type;
  readonly slot: number;
}

/** What names mean to the compiler, beyond the code's own classes. */
export interface CompileWorld {
  object(name: string): ObjectDefinition | undefined;
  objects(): readonly ObjectDefinition[];
  hasLabel(name: string): boolean;
  /** Checks a query against the schema; throws `OrgError` in an org's words. */
  checkQuery(soql: string, bind: (expression: string) => Type): void;
}

/** What the compilers of expressions, statements and types are to each other. */
export interface Compilers {
  expression(scope: Scope, context: ExpressionContext): Expr;
  statement(scope: Scope, context: StatementContext): Run;
  block(scope: Scope, context: BlockContext): Run;
  type(scope: Pick<Scope, 'info' | 'program'>, context: TypeRefContext): Type;
}

/** What the compiler knows of the program as a whole. */
export interface ProgramView {
  readonly world: CompileWorld;
  readonly compilers: Compilers;
  /** A class that is not inside another. */
  topLevel(name: string): ClassInfo | undefined;
}

/** The body of one method, as it is being compiled. */
export class Scope {
  readonly program: ProgramView;
  readonly info: ClassInfo | undefined;
  readonly isStatic: boolean;
  readonly returns: Type;
  /** Name of the object, in a trigger. */
  readonly triggerObject: string | undefined;
  readonly errors: CompileError[];
  /** Lines that count for coverage. */
  readonly lines: Set<number>;
  readonly #parent: Scope | undefined;
  readonly #locals = new Map<string, Local>();
  readonly #counter: { next: number };
  readonly inLoop: boolean;

  constructor(options: {
    readonly program: ProgramView;
    readonly info: ClassInfo | undefined;
    readonly isStatic: boolean;
    readonly returns: Type;
    readonly errors: CompileError[];
    readonly lines: Set<number>;
    readonly triggerObject?: string | undefined;
    readonly parent?: Scope;
    readonly inLoop?: boolean;
  }) {
    this.program = options.program;
    this.info = options.info;
    this.isStatic = options.isStatic;
    this.returns = options.returns;
    this.errors = options.errors;
    this.lines = options.lines;
    this.triggerObject = options.triggerObject;
    this.#parent = options.parent;
    this.inLoop = options.inLoop ?? options.parent?.inLoop ?? false;
    this.#counter = options.parent === undefined ? { next: 0 } : options.parent.#counter;
  }

  /** A scope inside this one: a block. */
  inner(inLoop = this.inLoop): Scope {
    return new Scope({ ...this.#options(), parent: this, inLoop });
  }

  #options() {
    const { program, info, isStatic, returns, errors, lines, triggerObject } = this;
    return { program, info, isStatic, returns, errors, lines, triggerObject };
  }

  local(name: string): Local | undefined {
    return this.#locals.get(name.toLowerCase()) ?? this.#parent?.local(name);
  }

  declare(at: Placed, name: string, type: Type): Local {
    if (this.local(name) !== undefined) failAt(at, `Duplicate variable: ${name}`);
    const local = { name, type, slot: this.#counter.next++ };
    this.#locals.set(name.toLowerCase(), local);
    return local;
  }

  expression(context: ExpressionContext): Expr {
    return this.program.compilers.expression(this, context);
  }

  statement(context: StatementContext): Run {
    return this.program.compilers.statement(this, context);
  }

  block(context: BlockContext): Run {
    return this.program.compilers.block(this, context);
  }

  type(context: TypeRefContext): Type {
    return this.program.compilers.type(this, context);
  }

  /** Compiles a part; what is wrong with it is kept, so that what follows is checked too. */
  attempt<Part>(compile: () => Part): Part | undefined {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      this.errors.push(error);
      return undefined;
    }
  }
}

/** A field of an object by its name in any case. */
export function fieldOf(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const exact = object.fields.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const field of object.fields.values()) if (field.name.toLowerCase() === lower) return field;
  return undefined;
}
