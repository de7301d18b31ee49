import { Args } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags } from '../../frame/ask.ts';
import { inWords } from '../../frame/words.ts';

export default class SyncExplain extends PlumblineCommand {
  static override summary = 'Say why a record did or did not sync, and what to do about it.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads 00Q000000000001EAA --target-org my-org'];
  static override args = {
    sync: Args.string({ required: true, description: 'Name of an activated sync.' }),
    record: Args.string({ required: true, description: 'ID of the record, in the source.' }),
  };
  static override flags = { ...orgFlags, ...askFlags };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncExplain);
    return await ask(flags, { kind: 'explain', target: `${args.sync}/${args.record}` }, async (body) => {
      this.log(await inWords(body));
      return body;
    });
  }
}
