import { FullReadCommand } from '../../frame/full-read.ts';

export default class SyncBackfill extends FullReadCommand {
  static override summary =
    'Read every record of a sync and deliver what the target does not hold yet. Can be stopped and resumed at any time.';

  // oclif's parser takes a class's own arguments, not those that it inherits.
  static override args = FullReadCommand.args;

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncBackfill);
    return await this.readAll('backfill', 'backfill', args.sync, flags);
  }
}
