import { Args } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class SyncPause extends PlumblineCommand {
  static override summary = 'Stop a sync or a connection before its next batch. Nothing is lost: changes wait.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = {
    name: Args.string({ required: true, description: 'Name of a sync or a connection; * for every connection.' }),
  };
  static override flags = { ...orgFlags };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncPause);
    await using org = await openOrg(flags);
    const { setPaused } = await import('../../../control/index.ts');
    const changed = await setPaused(org.records, args.name, true);
    this.log(changed === 0 ? `${args.name} was paused already.` : `${args.name} is paused from its next batch on.`);
    return { name: args.name, paused: true, changed };
  }
}
