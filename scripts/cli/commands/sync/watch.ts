import { Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';
import { interruptSignal } from '../../frame/interrupt.ts';
import { readRuns, runLine } from '../../frame/syncs.ts';

export default class SyncWatch extends PlumblineCommand {
  static override summary = 'Show runs as they go on, until Ctrl-C.';
  static override description = 'With --json, one line of JSON for each change of a run.';
  static override examples = ['<%= config.bin %> <%= command.id %> --target-org my-org'];
  static override flags = {
    ...orgFlags,
    sync: Flags.string({ summary: 'Only runs of this sync.' }),
    interval: Flags.integer({ summary: 'Seconds between two looks; each costs one API call.', default: 5, min: 1 }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(SyncWatch);
    await using org = await openOrg(flags);
    const signal = interruptSignal();
    const shown = new Map<string, string>();
    while (!signal.aborted) {
      const runs = await readRuns(org.records, {
        limit: 20,
        ...(flags.sync === undefined ? {} : { sync: flags.sync }),
      });
      for (const run of runs.toReversed()) {
        const text = JSON.stringify(run);
        const before = shown.get(run.runId);
        shown.set(run.runId, text);
        if (before === text || (before === undefined && run.state !== 'running')) continue;
        if (this.jsonEnabled()) process.stdout.write(`${text}\n`);
        else this.log(runLine(run));
      }
      await org.clock.sleep(flags.interval * 1_000, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  protected override toSuccessJson(): undefined {
    return undefined;
  }

  /** Each change was printed as it came. */
  override logJson(json: unknown): void {
    if (json !== undefined) super.logJson(json);
  }
}
