import { OrgError } from '../../core/index.ts';
import type { Session } from '../../core/index.ts';
import type { Apex } from '../engine/apex.ts';
import { plainOf, readTyped } from '../runtime/json.ts';
import { Thrown } from '../runtime/throw.ts';
import type { MethodInfo } from '../types/index.ts';

/** How a call from a page ended with an exception: what pages get of it. */
export interface AuraProblem {
  readonly exceptionType: string;
  readonly message: string;
  readonly stackTrace: string;
}

export type AuraAnswer = { readonly value: unknown } | { readonly problem: AuraProblem };

/**
 * Calls an `@AuraEnabled` method as a user, as Lightning does: arguments are JSON values by their names, the answer is
 * what the page gets, without nulls. Throws `OrgError` when there is no such method.
 */
export function callAura(
  apex: Apex,
  session: Session,
  className: string,
  methodName: string,
  parameters: Readonly<Record<string, unknown>>,
): AuraAnswer {
  const method = methodNamed(apex, className, methodName);
  try {
    return {
      value: apex.run(session, (thread) => {
        const args = method.parameters.map(({ name, type }) => {
          const given = Object.entries(parameters).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
          return readTyped(thread, given, type, false);
        });
        return (
          plainOf(thread, method.invoke?.(thread, null, args) ?? null, { suppressNulls: true, forPage: true }) ?? null
        );
      }),
    };
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    const { info, thrown } = error.exception;
    return {
      problem: {
        exceptionType: info.file === undefined ? `System.${info.name}` : info.name,
        message: thrown?.message ?? 'Script-thrown exception',
        stackTrace: thrown?.stack ?? '',
      },
    };
  }
}

function methodNamed(apex: Apex, className: string, methodName: string): MethodInfo {
  const info = apex.program.classes.get(className.toLowerCase());
  if (info === undefined) throw new OrgError(404, 'NOT_FOUND', `Unable to find Apex class ${className}`);
  const method = info.methodsNamed(methodName).find((each) => each.isStatic && each.annotations.has('auraenabled'));
  if (method === undefined) {
    throw new OrgError(
      404,
      'NOT_FOUND',
      `Unable to find Apex action method referenced as '${className}.${methodName}'.`,
    );
  }
  return method;
}
