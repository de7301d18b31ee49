import type { OpenOrg } from '../compose.ts';
import { readRuns, runLine, type RunFilter, type RunSummary } from './syncs.ts';

const lookAgainMilliseconds = 1_000;

/**
 * Follows a run in the org until it has ended; on a terminal with a line that moves, else silently. Rejects with the
 * signal's reason when that comes first: the run is resumed where it stopped by the next worker.
 */
export async function followRun(
  org: OpenOrg,
  filter: Omit<RunFilter, 'limit'>,
  signal: AbortSignal,
): Promise<RunSummary> {
  const display = process.stderr.isTTY ? await openDisplay() : undefined;
  try {
    for (;;) {
      const [run] = await readRuns(org.records, { ...filter, limit: 1 });
      if (run !== undefined) display?.show(run);
      if (run !== undefined && run.state !== 'running') {
        display?.end(run.state === 'finished' ? 'completed' : 'failed');
        return run;
      }
      await org.clock.sleep(lookAgainMilliseconds, signal);
    }
  } catch (error) {
    display?.end(signal.aborted ? 'aborted' : 'failed');
    throw error;
  }
}

async function openDisplay(): Promise<{
  show(run: RunSummary): void;
  end(status: 'completed' | 'failed' | 'aborted'): void;
}> {
  const { MultiStageOutput } = await import('@oclif/multi-stage-output');
  const stages = new MultiStageOutput<{ run?: RunSummary }>({
    jsonEnabled: false,
    stages: ['Moving records'],
    stageSpecificBlock: [
      {
        stage: 'Moving records',
        type: 'message',
        get: (data) => (data?.run === undefined ? 'waiting for the first page' : runLine(data.run)),
      },
    ],
  });
  stages.goto('Moving records');
  return { show: (run) => stages.updateData({ run }), end: (status) => stages.stop(status) };
}
