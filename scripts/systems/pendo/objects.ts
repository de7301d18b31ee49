import { SettingsError } from '../../engine/index.ts';

/** What Pendo keeps metadata of. */
export type Kind = 'account' | 'visitor';

export const labels: Readonly<Record<Kind, string>> = { account: 'Account', visitor: 'Visitor' };

/** Name of a record's ID: in a request, in an answer and in a report's rows. */
export function idField(kind: Kind): 'accountId' | 'visitorId' {
  return kind === 'account' ? 'accountId' : 'visitorId';
}

/** The kind that an object's name means as a target. Throws `SettingsError` for any other name. */
export function kindOf(object: string): Kind {
  if (object === 'account' || object === 'visitor') return object;
  throw new SettingsError(`Pendo has no object "${object}" that can be written.`, [
    'Set the object of the sync to "account" or "visitor".',
  ]);
}

/** A report as a sync names it. */
export interface ReportName {
  readonly kind: Kind;
  /** Its ID, or the name that people gave it. */
  readonly report: string;
}

const reportObject = /^(account|visitor)-report\/(.+)$/;

/** `account-report/<ID or name>` → its parts; undefined for any other name. */
export function reportOf(object: string): ReportName | undefined {
  const [, kind, report] = reportObject.exec(object) ?? [];
  return report === undefined ? undefined : { kind: kind as Kind, report };
}

/** The name of a report as the object of a sync. */
export function reportObjectOf(kind: Kind, report: string): string {
  return `${kind}-report/${report}`;
}

/** The kind that an object's name speaks of, in either direction; undefined for a name that means nothing here. */
export function kindSpokenOf(object: string): Kind | undefined {
  return object === 'account' || object === 'visitor' ? object : reportOf(object)?.kind;
}
