import type { Draft } from '../control/index.ts';
import { adviseMapping, type MappingAdvice } from '../mapping/index.ts';
import type { OpenOrg } from './compose.ts';

/** What an admin should know before a draft goes live, by sync. Throws the errors of the org's describe. */
export async function adviceOf(
  org: OpenOrg,
  draft: Draft,
  active: Draft | undefined,
): Promise<readonly (MappingAdvice & { readonly sync: string })[]> {
  const all: (MappingAdvice & { readonly sync: string })[] = [];
  for (const { name, direction, salesforceObject, mappings } of draft.syncs) {
    if (direction !== 'salesforceToSystem') continue;
    const paths = mappings.map(({ source }) => source);
    const { fields } = await org.records.describe(salesforceObject, paths);
    const before = active?.syncs.find((sync) => sync.name === name)?.mappings;
    all.push(...adviseMapping(mappings, fields, before).map((advice) => ({ sync: name, ...advice })));
  }
  return all;
}
