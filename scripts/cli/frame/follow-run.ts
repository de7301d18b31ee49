import type { OpenOrg } from '../compose.ts';
import { readRuns, runLine, type RunFilter, type RunSummary } from './syncs.ts';

const lookAgainMilliseconds = 1_000;

/**
 * Follows a run in the org until it has ended; on a terminal with a bar that moves, else silently. Absent when the
 * signal came first: the worker goes on, or can be started again, and the run is resumed where it stopped.
 */
export async function followRun(
  org: OpenOrg,
  filter: Omit<RunFilter, 'limit'>,
  signal: AbortSignal,
): Promise<RunSummary | undefined> {
  const display = process.stderr.isTTY ? await openDisplay() : undefined;
  try {
    while (!signal.aborted) {
      const [run] = await readRuns(org.records, { ...filter, limit: 1 });
      if (run !== undefined) display?.show(run);
      if (run !== undefined && run.state !== 'running') {
        display?.end(run.state === 'finished' ? 'completed' : 'failed');
        return run;
      }
      await org.clock.sleep(lookAgainMilliseconds, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
    display?.end('aborted');
    return undefined;
  } catch (error) {
    display?.end('failed');
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
