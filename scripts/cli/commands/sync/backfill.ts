import { Args, Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags } from '../../frame/ask.ts';
import { followRun } from '../../frame/follow-run.ts';
import { runLine } from '../../frame/syncs.ts';
import { inWords } from '../../frame/words.ts';

export default class SyncBackfill extends PlumblineCommand {
  static override summary =
    'Read every record of a sync and deliver what the target does not hold yet. Can be stopped and resumed at any time.';
  static override description =
    'Exit code 5 when records failed or the counts do not balance; 130 after Ctrl-C, which finishes the batch.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = { sync: Args.string({ required: true, description: 'Name of an activated sync.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    async: Flags.boolean({
      summary: 'Return once the worker has begun, without following the run.',
      exclusive: ['store'],
    }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncBackfill);
    return await ask(flags, { kind: 'backfill', target: args.sync }, async (body, org, signal) => {
      if (flags.async) {
        this.log(await inWords(body));
        return body;
      }
      const run = await followRun(org, { ...runIn(body), sync: args.sync }, signal);
      this.log(runLine(run));
      if (run.failed > 0 || !run.balanced || run.state !== 'finished') this.endWith('found');
      return run;
    });
  }
}

/** The run that the worker named in its answer, else the newest of this kind. */
function runIn(body: unknown): { readonly runId: string } | { readonly kind: string } {
  if (typeof body === 'object' && body !== null && 'run' in body && typeof body.run === 'string')
    return { runId: body.run };
  return { kind: 'backfill' };
}
