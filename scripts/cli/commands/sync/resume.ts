import { Args } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class SyncResume extends PlumblineCommand {
  static override summary = 'Let a paused sync or connection run again. A new sync starts paused.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = {
    name: Args.string({ required: true, description: 'Name of a sync or a connection; * for every connection.' }),
  };
  static override flags = { ...orgFlags };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncResume);
    await using org = await openOrg(flags);
    const { setPaused } = await import('../../../control/index.ts');
    const changed = await setPaused(org.records, args.name, false);
    this.log(changed === 0 ? `${args.name} was running already.` : `${args.name} is running from its next batch on.`);
    return { name: args.name, paused: false, changed };
  }
}
