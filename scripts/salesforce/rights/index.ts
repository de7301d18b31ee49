import type { Configuration } from '../../engine/index.ts';
import type { Describer } from '../describe.ts';
import { missingRights, type MissingRight } from './missing.ts';
import { needsOf } from './needs.ts';
import { permissionSetFiles } from './permission-set.ts';

export { ownMissingRights } from './own.ts';
export { rightsSetName } from './permission-set.ts';

/** What a configuration needs and the integration user lacks, and the permission set that gives it. */
export interface RightsReport {
  readonly missing: readonly MissingRight[];
  /** A folder for an admin to deploy, by path; empty when nothing is missing. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Compares what the org describes to an admin with what it describes to the integration user (N-11). Throws
 * `SettingsError` for an object or field that the org does not have, and the errors of both connections.
 */
export async function checkRights(
  syncs: Configuration['syncs'],
  admin: Describer,
  user: Describer,
): Promise<RightsReport> {
  const needs = await needsOf(syncs, admin);
  const missing = await missingRights(needs, admin, user);
  return { missing, files: missing.length === 0 ? new Map() : permissionSetFiles(missing, needs) };
}
