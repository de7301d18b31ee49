import type { Org, Session } from '../core/index.ts';
import type { CallDml } from '../http/index.ts';
import type { ComponentStore } from '../metadata/index.ts';
import type { EventBus } from '../pubsub/index.ts';

/**
 * Runs an @AuraEnabled method as a user, in a transaction of its own. Throws `AuraFailure` for an exception of the Apex
 * and `OrgError` when there is no such method.
 */
export type AuraCall = (
  session: Session,
  className: string,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
) => unknown;

/** What the shell knows of its org. */
export interface ShellWorld {
  readonly org: Org;
  readonly components: Pick<ComponentStore, 'list' | 'get'>;
  readonly events: EventBus;
  dmlOf(session: Session): CallDml;
  readonly callAura?: AuraCall;
}

/** An administrator's session, for what the platform itself reads of its setup. */
export function platformSession(org: Org): Session {
  return { userId: org.adminUserId, token: '', origin: 'com/salesforce/lightning' };
}

/** Text as it stands between quotes in SOQL. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** A value of a query that must be text; empty when it is not. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
