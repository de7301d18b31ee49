import { readConfigurationFiles } from '../../scripts/cli/frame/files.ts';
import { activateDraft, applyDraft, setPaused, type Draft } from '../../scripts/control/index.ts';
import type { Clock } from '../../scripts/engine/index.ts';
import { connectSalesforce } from '../../scripts/salesforce/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import { VirtualClock } from '../../scripts/engine/testing/index.ts';
import { forkOrg } from './base-org.ts';
import { orgUrl } from './reach.ts';

const defaults = readConfigurationFiles(['config/syncs/iterable.yaml']);

/** Seconds between two polls. The shorter, the less virtual time a schedule takes to settle. */
export const pollSeconds = 20;

/** The default configuration, polled more often. */
export const configuration: Draft = {
  ...defaults,
  syncs: defaults.syncs.map((sync) => ({ ...sync, schedule: { ...sync.schedule, pollSeconds } })),
};

const prepared = new Map<number, Promise<LocalOrg>>();

/** A new org in which the default configuration was activated at this very time; that is done once in a process. */
export async function preparedOrg(clock: VirtualClock, seed: number): Promise<LocalOrg> {
  const at = clock.now();
  let base = prepared.get(at);
  if (!base) prepared.set(at, (base = prepareAt(at)));
  return (await base).fork({ clock, seed, records: true });
}

async function prepareAt(at: number): Promise<LocalOrg> {
  const clock = new VirtualClock(at);
  const org = forkOrg(clock, 1);
  await clock.run(prepareOrg(org, clock));
  return org;
}

/** Applies and activates a configuration, the default one unless told, as an administrator does, and lets its syncs run. */
export async function prepareOrg(org: LocalOrg, clock: Clock, draft: Draft = configuration): Promise<void> {
  const session = { accessToken: org.issueToken(org.core.adminUserId), instanceUrl: orgUrl };
  const login = { description: 'the administrator', login: () => Promise.resolve(session) };
  const { client } = connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  await applyDraft(client, draft, { prune: false });
  await activateDraft(client, { now: clock.now(), id: 'activation of the fault schedules' });
  for (const sync of draft.syncs) await setPaused(client, sync.name, false);
}
