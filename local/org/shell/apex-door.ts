import { mayUseClass, permissionsOf } from './setup/index.ts';
import type { ShellWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';

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
  const answer = world.callAura(session, className, method, parameters);
  if ('value' in answer) return Response.json(answer.value ?? null);
  return Response.json({ ...answer.problem, isUserDefinedException: false }, { status: 500 });
}
