import { readChildren, readField, readParent, writeField } from '../runtime/records.ts';
import { failAt, type Placed } from '../syntax/index.ts';
import { base, listOf, recordType, type Type } from '../types/index.ts';
import { RecordValue } from '../values/index.ts';
import { onValue, placeOn } from './calls.ts';
import { typeOfField } from './field-types.ts';
import { type Expr, fieldOf, type Scope } from './scope.ts';

/** A record's field, parent or child list. Fails with a `CompileError` for a name that its object does not have. */
export function memberOfRecord(scope: Scope, target: Expr, name: string, at: Placed, safe: boolean): Expr {
  const { object } = target.type;
  if (object === undefined) {
    if (name.toLowerCase() !== 'id') failAt(at, `Variable does not exist: ${name}`);
    return recordField(target, 'Id', base.id, safe, true);
  }
  const definition = scope.program.world.object(object) ?? failAt(at, `Invalid type: ${object}`);
  const field = fieldOf(definition, name);
  if (field !== undefined) {
    const writable = field.createable || field.updateable || field.name === 'Id';
    return recordField(target, field.name, typeOfField(field.type), safe, writable);
  }
  const lower = name.toLowerCase();
  const parent = [...definition.fields.values()].find((each) => each.relationshipName?.toLowerCase() === lower);
  if (parent?.relationshipName !== undefined) {
    // A parent of several types shows what all of them have; a user has it too.
    const [first = ''] = parent.referenceTo;
    const type = recordType(parent.referenceTo.includes('User') ? 'User' : first);
    const relationship = parent.relationshipName;
    const expr = onValue(target, safe, type, ({ thread }, self) => readParent(thread, self, relationship));
    return {
      ...expr,
      place: {
        type,
        bind: (frame) => {
          const self = target.evaluate(frame);
          return {
            get: () => readParent(frame.thread, self, relationship),
            set: (given) => {
              if (self instanceof RecordValue && (given === null || given instanceof RecordValue)) {
                self.parents.set(relationship, given);
                self.set.add(relationship);
              }
            },
          };
        },
      },
    };
  }
  for (const child of scope.program.world.objects()) {
    for (const each of child.fields.values()) {
      if (each.childRelationshipName?.toLowerCase() !== lower || !each.referenceTo.includes(definition.name)) continue;
      const relationship = each.childRelationshipName;
      const type = listOf(recordType(child.name));
      return onValue(target, safe, type, ({ thread }, self) => readChildren(thread, self, relationship));
    }
  }
  return failAt(at, `Invalid field ${name} for SObject ${object}`);
}

function recordField(target: Expr, field: string, type: Type, safe: boolean, writable: boolean): Expr {
  const expr = onValue(target, safe, type, ({ thread }, self) => readField(thread, self, field));
  const own = { ...expr, recordField: { record: target, field } };
  if (!writable) return own;
  return {
    ...own,
    place: placeOn(target, type, {
      get: (thread, self) => readField(thread, self, field),
      set: (thread, self, given) => writeField(thread, self, field, given),
    }),
  };
}
