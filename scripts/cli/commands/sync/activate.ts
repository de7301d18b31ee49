import { randomUUID } from 'node:crypto';
import { Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class SyncActivate extends PlumblineCommand {
  static override summary = 'Freeze the draft in the org as the version that the worker runs.';
  static override description =
    'Activation changes what runs, not whether it runs: a new sync stays paused. Nothing is activated while the integration user lacks a right that it needs, where its login is stored here. See what it would do with "sync plan", then let it run with "sync resume".';
  static override examples = ['<%= config.bin %> <%= command.id %> --target-org my-org'];
  static override flags = {
    ...orgFlags,
    'expect-org': Flags.string({ summary: 'Refuse unless the org has this 18-character ID.' }),
    'dry-run': Flags.boolean({ summary: 'Only show what would change in what runs.' }),
  };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(SyncActivate);
    await using org = await openOrg(flags);
    const { activateDraft, differences, draftOf, readActiveVersion, readDraftRows } =
      await import('../../../control/index.ts');
    const { requireRights } = await import('../../rights.ts');
    const { requireRunnable } = await import('../../runnable.ts');
    const active = await readActiveVersion(org.records);
    const draft = draftOf(await readDraftRows(org.records));
    const changes = differences(active?.configuration ?? { connections: [], syncs: [] }, draft);
    for (const { place, from, to } of changes) this.log(`${place}: ${from ?? '(nothing)'} → ${to ?? '(nothing)'}`);
    const { adviceOf } = await import('../../advice.ts');
    const advice = await adviceOf(org, draft, active?.configuration);
    for (const each of advice) this.log(`  ${each.sync}: ${each.place}: ${each.advice}`);
    if (flags['dry-run']) {
      requireRunnable(draft);
      return { changed: false, changes, advice };
    }
    await requireRights(org, draft.syncs, process.env);
    const activation = await activateDraft(org.records, {
      now: org.clock.now(),
      id: randomUUID(),
      check: requireRunnable,
      ...(flags['expect-org'] === undefined ? {} : { expectedOrgId: flags['expect-org'] }),
    });
    this.log(
      activation.changed
        ? `Activated ${draft.syncs.length} syncs as ${activation.hash.slice(0, 12)}. New ones are paused: plumbline sync plan <name>, then plumbline sync resume <name>.`
        : 'This configuration is active already.',
    );
    return { ...activation, changes, advice };
  }
}
