import { Args, Flags } from '@oclif/core';
import { ask, askFlags } from './ask.ts';
import { PlumblineCommand, orgFlags, type OrgFlagValues } from './command.ts';
import { followRun } from './follow-run.ts';
import { runLine } from './syncs.ts';
import { inWords } from './words.ts';

const fullReadArgs = { sync: Args.string({ required: true, description: 'Name of an activated sync.' }) };

const fullReadFlags = {
  ...orgFlags,
  ...askFlags,
  async: Flags.boolean({
    summary: 'Return once the worker has begun, without following the run.',
    exclusive: ['store'],
  }),
};

interface FullReadFlagValues extends OrgFlagValues {
  readonly store?: string | undefined;
  readonly wait: number;
  readonly async: boolean;
}

/** A command that reads every record of a sync, and follows the run that the worker makes of it. */
export abstract class FullReadCommand extends PlumblineCommand {
  static override description =
    'Exit code 5 when records failed or the counts do not balance; 130 after Ctrl-C, which finishes the batch.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = fullReadArgs;
  static override flags = fullReadFlags;

  /** `runKind` is what the org calls such a run, for a worker that does not name it. */
  protected async readAll(
    kind: 'backfill' | 'run',
    runKind: 'backfill' | 'manual',
    sync: string,
    flags: FullReadFlagValues,
  ): Promise<unknown> {
    return await ask(flags, { kind, target: sync }, async (body, org, signal) => {
      if (flags.async) {
        this.log(await inWords(body));
        return body;
      }
      const run = await followRun(org, { ...runIn(body, runKind), sync }, signal);
      this.log(runLine(run));
      if (run.failed > 0 || !run.balanced || run.state !== 'finished') this.endWith('found');
      return run;
    });
  }
}

/** The run that the worker named in its answer, else the newest of its kind. */
function runIn(body: unknown, kind: string): { readonly runId: string } | { readonly kind: string } {
  if (typeof body === 'object' && body !== null && 'run' in body && typeof body.run === 'string')
    return { runId: body.run };
  return { kind };
}
