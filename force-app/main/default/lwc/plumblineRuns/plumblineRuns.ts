import { LightningElement, api } from 'lwc';
import { ago, exact, fill } from 'c/plumblineFormat';
import type { RunRow } from 'plumbline/health';
import { labels } from './labels';

interface ShownRun extends RunRow {
  readonly title: string;
  readonly running: boolean;
  readonly stateLabel: string;
  readonly started: string;
  readonly startedExactly: string;
  readonly summary: string;
  readonly imbalance: string;
}

/** Runs, the newest first, with a live bar for those that run. */
export default class PlumblineRuns extends LightningElement {
  @api runs: readonly RunRow[] = [];

  readonly labels = labels;

  get empty(): boolean {
    return this.runs.length === 0;
  }

  get shown(): readonly ShownRun[] {
    const kinds = labels as Readonly<Record<string, string>>;
    return this.runs.map((run) => {
      const { counts } = run;
      const kind = kinds[run.kind.toLowerCase()] ?? run.kind;
      const state = run.state.toLowerCase();
      return {
        ...run,
        title: fill(labels.runTitle, kind, run.syncName),
        running: state === 'running',
        stateLabel: kinds[state] ?? run.state,
        started: ago(run.startedAt, Date.now()),
        startedExactly: exact(run.startedAt),
        summary: fill(
          labels.summary,
          counts.created,
          counts.updated,
          counts.unchanged,
          counts.skipped,
          counts.held,
          counts.failed,
        ),
        imbalance: counts.balanced ? '' : labels.imbalance,
      };
    });
  }
}
