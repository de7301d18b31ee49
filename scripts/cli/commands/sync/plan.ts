import { Args, Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags } from '../../frame/ask.ts';
import { inWords } from '../../frame/words.ts';

export default class SyncPlan extends PlumblineCommand {
  static override summary = 'Show what a sync would do, field by field, and what it would cost. Writes nothing.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = { sync: Args.string({ required: true, description: 'Name of an activated sync.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    sample: Flags.integer({
      summary: 'Records to compare field by field with what the target holds.',
      default: 10,
      min: 0,
      max: 200,
    }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncPlan);
    const question = { kind: 'plan', target: args.sync, arguments: { sample: flags.sample } } as const;
    return await ask(flags, question, async (body) => {
      this.log(await inWords(body));
      return body;
    });
  }
}
