import { noCounts } from '../outcomes.ts';
import type { Clock, RunRow, Store } from '../ports/index.ts';

/** One run per sync and hour counts live work. An hour without any writes nothing. */
export class LiveRuns {
  readonly #store: Pick<Store, 'run' | 'runs' | 'commit'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #current = new Map<string, string>();

  constructor(store: Pick<Store, 'run' | 'runs' | 'commit'>, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The run of this hour, made when it is first asked for. */
  async current(sync: string): Promise<string> {
    const now = this.#clock.now();
    const id = `${sync}-live-${new Date(now).toISOString().slice(0, 13)}`;
    if (this.#current.get(sync) === id) return id;
    if (!(await this.#store.run(id))) await this.#store.commit({ runs: [newRun(id, sync, 'live', now)] });
    this.#current.set(sync, id);
    return id;
  }

  /** Finishes the runs of hours gone by; returns their IDs. */
  async finishPast(): Promise<readonly string[]> {
    const now = this.#clock.now();
    const hour = new Date(now).toISOString().slice(0, 13);
    const running = await this.#store.runs({ kind: 'live', state: 'running', limit: 1_000 });
    const past = running.filter((run) => !run.id.endsWith(hour)).map((run) => run.id);
    const runUpdates = past.map((id) => ({ id, state: 'finished', finishedAt: now }) as const);
    if (past.length > 0) await this.#store.commit({ runUpdates });
    return past;
  }
}

const noCalls = { sourceCalls: 0, targetCalls: 0, lookUpCalls: 0, tellCalls: 0, reportCalls: 0 };

export function newRun(id: string, sync: string, kind: RunRow['kind'], startedAt: number): RunRow {
  const figures = { counts: noCounts, reasons: {}, ...noCalls };
  return { id, sync, kind, state: 'running', startedAt, pagesDone: kind === 'live', ...figures };
}
