import { customMetadata } from '../runtime/custom-metadata.ts';
import { blankSetting, customSetting, mergedCustomSetting } from '../runtime/custom-settings.ts';
import type { Thread } from '../runtime/thread.ts';
import { failAt, type Placed } from '../syntax/index.ts';
import { base, mapOf, type Type } from '../types/index.ts';
import { RecordValue } from '../values/index.ts';
import { call, choose, describeCall, onValue } from './calls.ts';
import { convertTo } from './convert.ts';
import type { Expr, Scope } from './scope.ts';

/** `Setting__mdt.getInstance(name)` and `Setting__mdt.getAll()`. */
export function customMetadataCall(
  scope: Scope,
  type: Type,
  name: string,
  args: readonly Expr[],
  at: Placed,
): Expr | undefined {
  const { object } = type;
  if (object === undefined || scope.program.world.object(object)?.kind !== 'customMetadata') return undefined;
  const [wanted, second] = args;
  if (name.toLowerCase() === 'getall' && wanted === undefined) {
    return { type: mapOf(base.string, type), evaluate: ({ thread }) => customMetadata(thread, object) };
  }
  if (name.toLowerCase() !== 'getinstance' || wanted === undefined || second !== undefined) return undefined;
  const read = convertTo(wanted, base.string, at);
  return {
    type,
    evaluate: (frame) => {
      const developerName = read(frame);
      const found = [...customMetadata(frame.thread, object).entries.values()].find(
        ({ key, value: record }) =>
          key === developerName || (record instanceof RecordValue && record.id === developerName),
      );
      return found?.value ?? null;
    },
  };
}

/**
 * `Setting__c.getInstance()` and `.getInstance(id)`, merged with what is more general; `.getValues(id)` and
 * `.getOrgDefaults()`, of one level alone.
 *
 * Source: Apex Reference Guide, "Custom Settings Methods".
 */
export function customSettingCall(
  scope: Scope,
  type: Type,
  name: string,
  args: readonly Expr[],
  at: Placed,
): Expr | undefined {
  const { object } = type;
  if (object === undefined || scope.program.world.object(object)?.kind !== 'customSetting') return undefined;
  const [owner, second] = args;
  if (second !== undefined) return undefined;
  const read = owner === undefined ? undefined : convertTo(owner, base.id, at);
  switch (name.toLowerCase()) {
    case 'getinstance':
      return {
        type,
        evaluate: (frame) => mergedCustomSetting(frame.thread, object, read ? read(frame) : frame.thread.userId),
      };
    case 'getvalues':
      return read && { type, evaluate: (frame) => customSetting(frame.thread, object, read(frame)) ?? null };
    case 'getorgdefaults':
      return read
        ? undefined
        : {
            type,
            evaluate: ({ thread }) => orgDefaults(thread, object),
          };
    default:
      return undefined;
  }
}

function orgDefaults(thread: Thread, object: string): RecordValue {
  const { id } = thread.host.org;
  return customSetting(thread, object, id) ?? blankSetting(object, id);
}

/** `super.method(…)`. */
export function callSuper(scope: Scope, name: string, args: readonly Expr[], at: Placed): Expr {
  const owner = scope.info?.superclass;
  if (owner === undefined) return failAt(at, `Method does not exist or incorrect signature: super.${name}`);
  const chosen = choose(owner.info.methodsNamed(name), owner, args, at);
  if (chosen === undefined) return failAt(at, describeCall(name, args, owner));
  const self: Expr = { type: owner, evaluate: (frame) => frame.self };
  return call(scope, chosen, args, self, { at, isSuper: true });
}

/** `record.Field__c.addError(…)`: of the record, not of the field's value. */
export function addErrorToField(target: Expr, args: readonly Expr[], at: Placed): Expr {
  const [message, ...others] = args;
  if (message === undefined || others.length > 0 || message.type !== base.string || target.recordField === undefined) {
    return failAt(at, 'unsupported addError with these arguments in the local org');
  }
  const { record, field } = target.recordField;
  return onValue(record, false, base.void, (frame, self) => {
    const text = message.evaluate(frame);
    if (self instanceof RecordValue) self.errors.push({ message: typeof text === 'string' ? text : '', field });
    return null;
  });
}

/** A call of a method by its name alone: of this class, of those it extends, of those around it. */
export function callUnqualified(scope: Scope, name: string, args: readonly Expr[], at: Placed): Expr {
  for (let info = scope.info; info !== undefined; info = info.outer) {
    const all = info.methodsNamed(name);
    const candidates = info === scope.info ? all : all.filter((method) => method.isStatic);
    const chosen = choose(candidates, info.type(), args, at);
    if (chosen === undefined) continue;
    if (chosen.method.isStatic) return call(scope, chosen, args, undefined, { at });
    if (scope.isStatic) {
      failAt(at, `Non static method cannot be referenced from a static context: void ${name}()`);
    }
    const self: Expr = { type: info.type(), evaluate: (frame) => frame.self };
    return call(scope, chosen, args, self, { at });
  }
  const given = args.map(({ type }) => type.name).join(', ');
  return failAt(
    at,
    `Method does not exist or incorrect signature: void ${name}(${given}) from the type ${scope.info?.name ?? 'anonymous'}`,
  );
}
