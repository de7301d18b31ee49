import type { PropertyDeclarationContext } from '@apexdevtools/apex-parser';
import { present } from '../syntax/index.ts';
import { base, type ClassInfo, type FieldInfo } from '../types/index.ts';
import { Instance } from '../values/index.ts';
import { body } from './bodies.ts';
import { addField, bodyOf, type ClassWork, type Pending } from './class-work.ts';
import type { Modifiers } from './modifiers.ts';
import { compileType } from './types.ts';

/** Declares a property of a class; what compiles its accessors is added to `pending`. */
export function declareProperty(
  info: ClassInfo,
  context: PropertyDeclarationContext,
  modifiers: Modifiers,
  work: ClassWork,
  pending: Pending[],
): void {
  const type = compileType({ info, program: work.program }, context.typeRef());
  const name = context.id().getText();
  const field = addField(info, name, type, modifiers, context);
  const { isStatic } = field;
  for (const accessor of context.propertyBlock_list()) {
    const getter = present(accessor.getter());
    const setter = present(accessor.setter());
    const getBlock = getter === undefined ? undefined : present(getter.block());
    const setBlock = setter === undefined ? undefined : present(setter.block());
    if (getBlock !== undefined) {
      pending.push(() => {
        const run = body(bodyOf(info, isStatic, type, work), [], getBlock, `Class.${info.name}.get${name}`);
        // Inside its own accessors a property's name is its storage.
        field.get = (thread, self) => guardAccessor(thread, self, field, () => run(thread, self, []));
      });
    }
    if (setBlock !== undefined) {
      pending.push(() => {
        const parameters = [{ name: 'value', type, nullable: true }];
        const run = body(
          bodyOf(info, isStatic, base.void, work),
          parameters,
          setBlock,
          `Class.${info.name}.set${name}`,
        );
        field.set = (thread, self, value) =>
          guardSetter(thread, self, field, value, () => void run(thread, self, [value]));
      });
    }
  }
  // An automatic accessor beside one with a body reads or writes the storage.
  pending.push(() => {
    if (field.get !== undefined && field.set === undefined) {
      field.set = (thread, self, value) => store(thread, self, field, value);
    }
    if (field.set !== undefined && field.get === undefined) field.get = (thread, self) => stored(thread, self, field);
  });
}

type Thread = Parameters<NonNullable<FieldInfo['get']>>[0];

type Self = Parameters<NonNullable<FieldInfo['get']>>[1];

const inside = new WeakMap<Thread, Map<FieldInfo, Self[]>>();

function isInside(thread: Thread, self: Self, field: FieldInfo): boolean {
  return inside.get(thread)?.get(field)?.includes(self) ?? false;
}

function within<Result>(thread: Thread, self: Self, field: FieldInfo, act: () => Result): Result {
  const fields = inside.get(thread) ?? new Map<FieldInfo, Self[]>();
  inside.set(thread, fields);
  const selves = fields.get(field) ?? [];
  fields.set(field, [...selves, self]);
  try {
    return act();
  } finally {
    fields.set(field, selves);
  }
}

function guardAccessor(thread: Thread, self: Self, field: FieldInfo, run: () => Self): Self {
  return isInside(thread, self, field) ? stored(thread, self, field) : within(thread, self, field, run);
}

function guardSetter(thread: Thread, self: Self, field: FieldInfo, value: Self, run: () => void): void {
  if (isInside(thread, self, field)) store(thread, self, field, value);
  else within(thread, self, field, run);
}

function stored(thread: Thread, self: Self, field: FieldInfo): Self {
  if (field.isStatic) return thread.statics(field.owner)[field.slot] ?? null;
  return self instanceof Instance ? (self.fields[field.slot] ?? null) : null;
}

function store(thread: Thread, self: Self, field: FieldInfo, value: Self): void {
  if (field.isStatic) thread.statics(field.owner)[field.slot] = value;
  else if (self instanceof Instance) self.fields[field.slot] = value;
}
