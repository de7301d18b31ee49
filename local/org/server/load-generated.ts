import { OrgError } from '../core/index.ts';
import type { Org, Session } from '../core/index.ts';
import { generateLeads } from '../../world/index.ts';

/** Records of one transaction, as the doors cut them. */
const TRANSACTION_ROWS = 200;

/** Puts `count` generated leads into an org, by its own DML but no door. Throws `OrgError` when the org refuses one. */
export function loadGenerated(org: Org, count: number): void {
  const session: Session = { userId: org.adminUserId, token: '', origin: 'com/salesforce/api/rest/66.0' };
  let records: Readonly<Record<string, unknown>>[] = [];
  const save = (): void => {
    const results = org.dml({ operation: 'insert', object: 'Lead', records, allOrNone: false, session });
    const [error] = results.flatMap(({ errors }) => errors);
    if (error) throw new OrgError(400, error.statusCode, `a generated lead was refused: ${error.message}`);
    records = [];
  };
  for (const lead of generateLeads(count)) {
    if (records.push({ ...lead }) === TRANSACTION_ROWS) save();
  }
  if (records.length > 0) save();
}
