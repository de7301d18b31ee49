import type { Clock, ControlPlane, RunRow, Store } from '../ports/index.ts';

const issuesAtOnce = 200;
/** As many as one call of the org takes. */
const toldAgain = 200;

interface ReportPorts {
  readonly control: Pick<ControlPlane, 'reportRuns' | 'reportIssues' | 'progress'>;
  readonly store: Pick<Store, 'run' | 'runs' | 'untold' | 'told' | 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Tells the org what changed in runs and issues. With nothing to tell it makes no call. */
export class Reports {
  readonly #control: ReportPorts['control'];
  readonly #store: ReportPorts['store'];
  readonly #clock: Pick<Clock, 'now'>;
  readonly #runsMilliseconds: number;
  readonly #changed = new Set<string>();
  readonly #toldAt = new Map<string, number>();
  /** Calls that showed a run of this process and are not stored yet: a run that has ended is told with all of them. */
  readonly #calls = new Map<string, number>();

  constructor(ports: ReportPorts, runsMilliseconds: number) {
    this.#control = ports.control;
    this.#store = ports.store;
    this.#clock = ports.clock;
    this.#runsMilliseconds = runsMilliseconds;
  }

  /** Remembers runs whose figures changed. */
  changed(runs: Iterable<string>): void {
    for (const run of runs) {
      this.#changed.add(run);
      this.#calls.set(run, this.#calls.get(run) ?? 0);
    }
  }

  /** Runs of an earlier process that the org may know too little of: it may have died between a run's end and its report. */
  async remember(): Promise<void> {
    const running = await this.#store.runs({ state: 'running', limit: 1_000 });
    const latest = await this.#store.runs({ limit: toldAgain });
    for (const run of [...running, ...latest]) this.#changed.add(run.id);
  }

  /** `all`: also runs that go on and were told a moment ago. */
  async tell(all = false): Promise<void> {
    await this.#tellRuns(all);
    for (;;) {
      const untold = await this.#store.untold(issuesAtOnce);
      if (untold.length === 0) return;
      await this.#control.reportIssues(untold);
      await this.#store.told(untold.map((issue) => issue.sequence));
    }
  }

  async #tellRuns(all: boolean): Promise<void> {
    // Before anything is read: what changes from here on has to be told again.
    const changed = [...this.#changed];
    this.#changed.clear();
    try {
      await this.#tellChanged(changed, all);
    } catch (error) {
      for (const id of changed) this.#changed.add(id);
      throw error;
    }
  }

  async #tellChanged(changed: readonly string[], all: boolean): Promise<void> {
    const now = this.#clock.now();
    const due: RunRow[] = [];
    const moving: RunRow[] = [];
    for (const id of changed) {
      const run = await this.#store.run(id);
      if (!run) continue;
      const recent = now - (this.#toldAt.get(id) ?? Number.NEGATIVE_INFINITY) < this.#runsMilliseconds;
      (all || run.state !== 'running' || !recent ? due : moving).push(run);
    }
    for (const { id } of moving) this.#changed.add(id);
    // Between two reports the bars on the screens move by events, which leave nothing behind in the org.
    await this.#tellProgress(moving);
    if (due.length === 0) return;
    await this.#control.reportRuns(await this.#withCalls(due));
    for (const run of due) {
      if (run.state === 'running') this.#toldAt.set(run.id, now);
      else this.#toldAt.delete(run.id);
    }
    await this.#tellProgress(due.filter(({ state }) => state === 'running'));
  }

  async #tellProgress(runs: readonly RunRow[]): Promise<void> {
    for (const run of runs) {
      if (run.kind !== 'live' && (await this.#control.progress(run))) this.#count(run.id);
    }
  }

  /** Runs with the calls that show them, this one among them; the first run that is told for the first time counts it. */
  async #withCalls(due: readonly RunRow[]): Promise<readonly RunRow[]> {
    const first = due.find(({ id, kind, counts }) => this.#calls.has(id) && (kind !== 'live' || counts.read > 0));
    if (first) this.#count(first.id);
    const told: RunRow[] = [];
    for (const run of due) {
      const reportCalls = run.state === 'running' ? 0 : (this.#calls.get(run.id) ?? 0);
      if (run.state !== 'running') this.#calls.delete(run.id);
      if (reportCalls > 0)
        await this.#store.commit({ runDeltas: [{ run: run.id, counts: {}, reasons: {}, reportCalls }] });
      told.push({ ...run, reportCalls: run.reportCalls + reportCalls });
    }
    return told;
  }

  #count(run: string): void {
    this.#calls.set(run, (this.#calls.get(run) ?? 0) + 1);
  }
}
