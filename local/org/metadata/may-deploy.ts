import { OrgError } from '../core/index.ts';
import type { Org, Session } from '../core/index.ts';

/** Throws `OrgError` 403 for a user who may not customise the org (Metadata API, "Required Permissions"). */
export function checkModifiesMetadata(org: Org, session: Session): void {
  if (org.accessOf(session).modifiesMetadata) return;
  const message =
    'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions; this user has neither';
  throw new OrgError(403, 'INSUFFICIENT_ACCESS', message);
}
