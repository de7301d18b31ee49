import { mayUseClass, permissionsOf } from './setup/index.ts';
import type { ShellWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';

/** An exception that an @AuraEnabled method ended with: what pages get of it. */
export class AuraFailure extends Error {
  readonly exceptionType: string;

  constructor(exceptionType: string, message: string) {
    super(message);
    this.exceptionType = exceptionType;
  }
}

/** Calls an @AuraEnabled method for a page; an exception of the Apex is a 500 with its message, as pages see it. */
export function answerApex(
  world: ShellWorld,
  session: Session,
  className: string,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
): Response {
  if (!mayUseClass(world, permissionsOf(world, session.userId), className)) {
    const message = `You do not have access to the Apex class named '${className}'.`;
    throw new OrgError(403, 'INSUFFICIENT_ACCESS', message);
  }
  if (!world.callAura) throw new OrgError(501, 'NOT_IMPLEMENTED', 'not yet: Apex does not run in the local org');
  try {
    return Response.json(world.callAura(session, className, method, parameters) ?? null);
  } catch (error) {
    if (!(error instanceof AuraFailure)) throw error;
    const { exceptionType, message } = error;
    return Response.json({ exceptionType, message, isUserDefinedException: false }, { status: 500 });
  }
}
