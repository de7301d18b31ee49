import { Args } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags } from '../../frame/ask.ts';
import { inWords } from '../../frame/words.ts';

export default class SyncRetry extends PlumblineCommand {
  static override summary = 'Try held and failed records of a sync again now, or one record.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> leads --target-org my-org',
    '<%= config.bin %> <%= command.id %> leads 00Q000000000001EAA --target-org my-org',
  ];
  static override args = {
    sync: Args.string({ required: true, description: 'Name of an activated sync.' }),
    record: Args.string({ description: 'ID of one record, in the source; without it, all that are held or failed.' }),
  };
  static override flags = { ...orgFlags, ...askFlags };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncRetry);
    const target = args.record === undefined ? args.sync : `${args.sync}/${args.record}`;
    return await ask(flags, { kind: 'retry', target }, async (body) => {
      this.log(await inWords(body));
      return body;
    });
  }
}
