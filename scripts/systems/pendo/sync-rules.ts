import type { SyncConfiguration } from '../../engine/index.ts';
import { kindSpokenOf, labels, reportOf } from './objects.ts';

/** Standard objects that Pendo's users know to be allowed (P-10); every custom object is. */
const standardObjects: ReadonlySet<string> = new Set(['Account', 'Asset', 'Contact', 'Lead', 'Opportunity']);

/** What is wrong with each sync of one connection, by its name, beside the others; a sync that is in order is not there. */
export function syncProblems(syncs: readonly SyncConfiguration[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const sync of syncs) {
    const problem = ownProblem(sync) ?? pairProblem(sync, syncs);
    if (problem !== undefined) problems.set(sync.name, problem);
  }
  return problems;
}

function ownProblem({ direction, systemObject, salesforceObject, rules }: SyncConfiguration): string | undefined {
  const isReport = reportOf(systemObject) !== undefined;
  const kind = kindSpokenOf(systemObject);
  if (kind === undefined)
    return `Pendo has no object "${systemObject}"; write account, visitor, account-report/<ID> or visitor-report/<ID>`;
  if (direction === 'systemToSalesforce' && !isReport)
    return `only reports are pushed; write ${kind}-report/<ID> for its object`;
  if (direction === 'salesforceToSystem' && isReport) return `a report takes no values; write ${kind} for its object`;
  if (!standardObjects.has(salesforceObject) && !/__c$/.test(salesforceObject)) {
    const list = [...standardObjects].join(', ');
    return `Pendo is not synced with ${salesforceObject}; choose ${list} or a custom object`;
  }
  return rules.delete === 'forget'
    ? 'deleting in Pendo cannot be undone; set the rule for deleted records to ignore'
    : undefined;
}

/** P-08, P-09, P-21: one object of the org for each kind of Pendo's, pulled from before anything is pushed to it. */
function pairProblem(sync: SyncConfiguration, syncs: readonly SyncConfiguration[]): string | undefined {
  const kind = kindSpokenOf(sync.systemObject);
  const pulls = syncs.filter(
    ({ direction, systemObject }) => direction === 'salesforceToSystem' && kindSpokenOf(systemObject) === kind,
  );
  const [first] = pulls;
  const what = `${kind === undefined ? 'these' : labels[kind]}s of Pendo`;
  if (sync.direction === 'salesforceToSystem') {
    if (!first || first === sync) return undefined;
    return `${first.name} already maps the ${what}, and only one sync can`;
  }
  if (!first) return `no sync pulls into the ${what} yet; set one up for ${sync.salesforceObject} first`;
  if (first.salesforceObject === sync.salesforceObject) return undefined;
  return `the ${what} are mapped to ${first.salesforceObject} by ${first.name}, so that is where they are pushed to`;
}
