import { type CompileError, failAt, type Placed } from '../syntax/index.ts';
import type { ClassInfo, FieldInfo, Type } from '../types/index.ts';
import type { BodyContext } from './bodies.ts';
import type { Modifiers } from './modifiers.ts';
import type { ProgramView } from './scope.ts';

/** What is left to compile of a class once all signatures are known. */
export type Pending = () => void;

/** What compiling a class needs, and where it leaves its findings. */
export interface ClassWork {
  readonly program: ProgramView;
  readonly errors: CompileError[];
  readonly lines: Set<number>;
}

/** What the body of a member is compiled in. */
export function bodyOf(info: ClassInfo, isStatic: boolean, returns: Type, work: ClassWork): BodyContext {
  return { program: work.program, info, isStatic, returns, errors: work.errors, lines: work.lines };
}

/** Gives a class a field; `slotless`: it is kept nowhere. Fails with a `CompileError` for a name that is taken. */
export function addField(
  info: ClassInfo,
  name: string,
  type: Type,
  modifiers: Modifiers,
  at: Placed,
  slotless = false,
): FieldInfo {
  if (info.fields.has(name.toLowerCase())) failAt(at, `Duplicate field: ${name}`);
  const isStatic = modifiers.words.has('static');
  const slot = slotless ? -1 : isStatic ? info.staticSlots++ : info.slots++;
  const field: FieldInfo = {
    name,
    owner: info,
    type,
    isStatic,
    isFinal: modifiers.words.has('final'),
    isTransient: modifiers.words.has('transient'),
    visibility: modifiers.visibility,
    setVisibility: modifiers.visibility,
    annotations: modifiers.annotations,
    slot,
    get: undefined,
    set: undefined,
  };
  info.fields.set(name.toLowerCase(), field);
  return field;
}
