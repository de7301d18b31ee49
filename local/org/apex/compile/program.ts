import type {
  AnonymousBlockMemberContext,
  AnonymousMemberDeclarationContext,
  AnonymousUnitContext,
  TriggerUnitContext,
} from '@apexdevtools/apex-parser';
import {
  CompileError,
  failAt,
  parseAnonymous,
  parseClass,
  parseTrigger,
  present,
  unsupportedAt,
} from '../syntax/index.ts';
import { base, ClassInfo, type Invoke, type Type } from '../types/index.ts';
import { invoker } from './bodies.ts';
import { resolveHeritage } from './class-heritage.ts';
import { declareMembers } from './class-members.ts';
import type { ClassWork, Pending } from './class-work.ts';
import { declareFile, type Declared } from './declare.ts';
import { compileExpression } from './expressions.ts';
import { Scope, type CompileWorld, type ProgramView, type Run } from './scope.ts';
import { compileBlock, sequence } from './blocks.ts';
import { compileScriptVariables, compileStatement } from './statements.ts';
import { compileType, typeByName } from './types.ts';

/** A class or trigger file. */
export interface Source {
  readonly kind: 'class' | 'trigger';
  readonly name: string;
  readonly text: string;
}

export interface Problem {
  readonly kind: Source['kind'];
  readonly name: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface CompiledTrigger {
  readonly name: string;
  readonly object: string;
  /** `before insert` and the like. */
  readonly moments: ReadonlySet<string>;
  readonly run: Invoke;
}

/** A compiled program; it keeps nothing of the org it was compiled against, so that a fork can run it too. */
export interface Program {
  readonly problems: readonly Problem[];
  readonly classes: ReadonlyMap<string, ClassInfo>;
  readonly triggers: readonly CompiledTrigger[];
  /** Lines that count for coverage, by class or trigger. */
  readonly lines: ReadonlyMap<string, ReadonlySet<number>>;
  typeNamed(name: string): Type | undefined;
  /** Compiles a script. Throws `CompileError`. */
  anonymous(text: string): Invoke;
}

/** Parse trees by text: a deploy compiles the whole program, of which little has changed. */
const parsed = new Map<string, ReturnType<typeof parseClass>>();

function parsedClass(text: string): ReturnType<typeof parseClass> {
  const before = parsed.get(text);
  if (before !== undefined) return before;
  const unit = parseClass(text);
  if (parsed.size > 2_000) parsed.clear();
  parsed.set(text, unit);
  return unit;
}

/** Compiles all classes and triggers of an org together; what is wrong with them is in `problems`. */
export function compileProgram(sources: readonly Source[], world: CompileWorld): Program {
  const classes = new Map<string, ClassInfo>();
  const program: ProgramView = {
    world,
    compilers: { expression: compileExpression, statement: compileStatement, block: compileBlock, type: compileType },
    topLevel: (name) => classes.get(name.toLowerCase()),
  };
  const problems: Problem[] = [];
  const lines = new Map<string, Set<number>>();
  const works: { readonly source: Source; readonly work: ClassWork; readonly declared: readonly Declared[] }[] = [];
  const note = ({ kind, name }: Source, error: CompileError) =>
    problems.push({ kind, name, message: error.message, line: error.line, column: error.column });
  const attempt = (source: Source, task: () => void): void => {
    try {
      task();
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      note(source, error);
    }
  };
  for (const source of sources.filter(({ kind }) => kind === 'class')) {
    attempt(source, () => {
      const declared = declareFile(source.name, parsedClass(source.text).typeDeclaration());
      const [first] = declared;
      if (first === undefined) return;
      if (first.info.name.toLowerCase() !== source.name.toLowerCase()) {
        const { context } = first.declaration;
        failAt(context, `Class name must match the name of its file: ${first.info.name}, ${source.name}`);
      }
      classes.set(source.name.toLowerCase(), first.info);
      const own = new Set<number>();
      if (!first.info.isTest) lines.set(first.info.name, own);
      works.push({ source, work: { program, errors: [], lines: own }, declared });
    });
  }
  for (const { source, work, declared } of works) {
    for (const each of declared) attempt(source, () => resolveHeritage(each, work));
  }
  compileMembers(works, attempt);
  for (const { source, work } of works) for (const error of work.errors) note(source, error);
  const triggers: CompiledTrigger[] = [];
  for (const source of sources.filter(({ kind }) => kind === 'trigger')) {
    attempt(source, () => {
      const errors: CompileError[] = [];
      const own = new Set<number>();
      triggers.push(compileTrigger(program, parseTrigger(source.text), errors, own));
      lines.set(source.name, own);
      for (const error of errors) note(source, error);
    });
  }
  return {
    problems,
    classes,
    triggers,
    lines,
    typeNamed: (name) => typeByName(program, name),
    anonymous: (text) => compileAnonymous(program, parseAnonymous(text)),
  };
}

interface Work {
  readonly source: Source;
  readonly work: ClassWork;
  readonly declared: readonly Declared[];
}

/** Superclasses first: their fields come before those of the classes that extend them. */
function compileMembers(works: readonly Work[], attempt: (source: Source, task: () => void) => void): void {
  const waiting = new Map(
    works.flatMap(({ source, work, declared }) => declared.map((each) => [each.info, { source, work, each }] as const)),
  );
  const pending: { readonly source: Source; readonly task: Pending }[] = [];
  const declare = (info: ClassInfo): void => {
    const found = waiting.get(info);
    if (found === undefined) return;
    waiting.delete(info);
    if (info.superclass !== undefined) declare(info.superclass.info);
    attempt(found.source, () => {
      for (const task of declareMembers(found.each, found.work)) pending.push({ source: found.source, task });
    });
  };
  for (const info of [...waiting.keys()]) declare(info);
  for (const { source, task } of pending) attempt(source, task);
}

function compileTrigger(
  program: ProgramView,
  unit: TriggerUnitContext,
  errors: CompileError[],
  lines: Set<number>,
): CompiledTrigger {
  const [name, object] = unit.id_list().map((id) => id.getText());
  const definition = program.world.object(object ?? '');
  if (name === undefined || definition === undefined)
    return failAt(unit, `sObject type '${object ?? ''}' is not supported.`);
  const moments = new Set(
    unit.triggerCase_list().map((each) => {
      const timing = present(each.BEFORE()) === undefined ? 'after' : 'before';
      return `${timing} ${each.getText().slice(timing.length).toLowerCase()}`;
    }),
  );
  if (definition.kind === 'event') unsupportedAt(unit, 'trigger on a platform event');
  // Named like a class, so that its statements are covered under its own name.
  const holder = new ClassInfo(name);
  holder.file = name;
  holder.sharing = 'without';
  const scope = new Scope({
    program,
    info: holder,
    isStatic: true,
    returns: base.void,
    errors,
    lines,
    triggerObject: definition.name,
  });
  const members = unit.triggerBlock().triggerBlockMember_list();
  const run = sequence(
    members.flatMap(
      (member) => scope.attempt(() => compileMember(scope, member, present(member.triggerMemberDeclaration()))) ?? [],
    ),
  );
  return { name, object: definition.name, moments, run: invoker(holder, run, `Trigger.${name}`) };
}

function compileAnonymous(program: ProgramView, unit: AnonymousUnitContext): Invoke {
  const errors: CompileError[] = [];
  const scope = new Scope({ program, info: undefined, isStatic: true, returns: base.void, errors, lines: new Set() });
  const members = unit.anonymousBlock().anonymousBlockMember_list();
  const runs = members.flatMap(
    (member) => scope.attempt(() => compileMember(scope, member, present(member.anonymousMemberDeclaration()))) ?? [],
  );
  const [first] = errors;
  if (first !== undefined) throw first;
  return invoker(undefined, sequence(runs), 'AnonymousBlock');
}

/** A statement, or variables, of a script or trigger. */
function compileMember(
  scope: Scope,
  member: Pick<AnonymousBlockMemberContext, 'statement' | 'start'>,
  declaration: Pick<AnonymousMemberDeclarationContext, 'fieldDeclaration'> | undefined,
): Run {
  const statement = present(member.statement());
  if (statement !== undefined) return scope.statement(statement);
  const variables = declaration === undefined ? undefined : present(declaration.fieldDeclaration());
  if (variables !== undefined) return compileScriptVariables(scope, variables);
  return unsupportedAt(member, 'declaration in a script or trigger');
}
