import { readConfigurationFiles } from '../../scripts/cli/frame/files.ts';
import { activateDraft, applyDraft, setPaused, type Draft } from '../../scripts/control/index.ts';
import type { Clock } from '../../scripts/engine/index.ts';
import { connectSalesforce } from '../../scripts/salesforce/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import { orgUrl } from './network.ts';

const defaults = readConfigurationFiles(['config/syncs/iterable.yaml']);

/** Seconds between two polls. The shorter, the less virtual time a schedule takes to settle. */
export const pollSeconds = 20;

/** The default configuration, polled more often. */
export const configuration: Draft = {
  ...defaults,
  syncs: defaults.syncs.map((sync) => ({ ...sync, schedule: { ...sync.schedule, pollSeconds } })),
};

/** Applies and activates a configuration, the default one unless told, as an administrator does, and lets its syncs run. */
export async function prepareOrg(org: LocalOrg, clock: Clock, draft: Draft = configuration): Promise<void> {
  const session = { accessToken: org.issueToken(org.core.adminUserId), instanceUrl: orgUrl };
  const login = { description: 'the administrator', login: () => Promise.resolve(session) };
  const { client } = connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  await applyDraft(client, draft, { prune: false });
  await activateDraft(client, { now: clock.now(), id: 'activation of the fault schedules' });
  for (const sync of draft.syncs) await setPaused(client, sync.name, false);
}
