import { FullReadCommand } from '../../frame/full-read.ts';

export default class SyncRun extends FullReadCommand {
  static override summary =
    'Read every record of a sync now, as a pass made by hand, and deliver what the target does not hold yet.';

  // oclif's parser takes a class's own arguments, not those that it inherits.
  static override args = FullReadCommand.args;

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncRun);
    return await this.readAll('run', 'manual', args.sync, flags);
  }
}
