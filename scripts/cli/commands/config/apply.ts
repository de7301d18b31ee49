import { Args, Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class ConfigApply extends PlumblineCommand {
  static override summary =
    'Make the draft of an org what configuration files say. Nothing of it runs before it is activated.';
  static override examples = ['<%= config.bin %> <%= command.id %> config/syncs/iterable.yaml --target-org my-org'];
  static override strict = false;
  static override args = { file: Args.string({ required: true, description: 'Configuration files.' }) };
  static override flags = {
    ...orgFlags,
    prune: Flags.boolean({ summary: 'Delete syncs of these connections that no file has.' }),
  };

  override async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(ConfigApply);
    const { readConfigurationFiles } = await import('../../frame/files.ts');
    const { requireRunnable } = await import('../../runnable.ts');
    const wanted = readConfigurationFiles(argv.map(String));
    requireRunnable(wanted);
    await using org = await openOrg(flags);
    const { applyDraft } = await import('../../../control/index.ts');
    const applied = await applyDraft(org.records, wanted, { prune: flags.prune });
    this.log(
      `Created ${applied.created}, updated ${applied.updated}, deleted ${applied.deleted} records of the draft.`,
    );
    if (applied.onlyInOrg.length > 0) {
      this.log(`Only in the org, and left there: ${applied.onlyInOrg.join(', ')}. Delete them with --prune.`);
    }
    this.log('Nothing of it runs yet: plumbline sync activate');
    return applied;
  }
}
