import { isEmpEnabled, subscribe, unsubscribe, type Message, type Subscription } from 'lightning/empApi';
import type { Counts, Health, RunRow } from 'plumbline/health';

const channel = '/event/Plumbline_Progress__e';
const newOnly = -1;

/** A run's counts as its progress event carries them. */
export interface Progress {
  readonly runId: string;
  readonly expected: number | null;
  readonly counts: Counts;
}

/**
 * Listens to the progress of runs, where the page can: a phone has no such events, and the poll carries the page
 * anyway. Returns how to end it.
 */
export async function listenToProgress(receive: (progress: Progress) => void): Promise<() => void> {
  if (!(await isEmpEnabled())) return () => undefined;
  const subscription: Subscription = await subscribe(channel, newOnly, (message) => {
    receive(progressOf(message));
  });
  return () => {
    void unsubscribe(subscription, () => undefined);
  };
}

/** The health with a run's newest counts. A run that it does not show yet comes with the next poll. */
export function withProgress(health: Health, progress: Progress): Health {
  const recentRuns = health.recentRuns.map((run): RunRow => {
    const newer = run.runId === progress.runId && progress.counts.read >= run.counts.read;
    return newer ? { ...run, counts: progress.counts, expected: progress.expected ?? run.expected ?? null } : run;
  });
  return { ...health, recentRuns };
}

function progressOf({ data: { payload } }: Message): Progress {
  const number = (name: string): number => Number(payload[`${name}__c`] ?? 0);
  const counts = {
    read: number('Read'),
    created: number('Created'),
    updated: number('Updated'),
    unchanged: number('Unchanged'),
    skipped: number('Skipped'),
    held: number('Held'),
    failed: number('Failed'),
  };
  const sum = Object.values(counts).reduce((total, each) => total + each, 0) - counts.read;
  return {
    runId: String(payload['Run_Id__c']),
    expected: payload['Expected__c'] === null ? null : number('Expected'),
    counts: { ...counts, balanced: sum === counts.read },
  };
}
