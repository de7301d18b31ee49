import type { LeasedWork, WorkItem, WorkResult } from '../ports/index.ts';

interface Entry {
  item: WorkItem;
  availableAt: number;
  leased: boolean;
  sequence: number;
  attempts: number;
  firstFailedAt: number | undefined;
}

/** Work waiting, in memory: one entry per (sync, source record). */
export class MemoryWork {
  readonly #entries = new Map<string, Entry>();
  #sequence = 0;

  enqueue(item: WorkItem): void {
    const id = `${item.sync}/${item.source}`;
    const entry = this.#entries.get(id);
    if (!entry) {
      this.#entries.set(id, {
        item,
        availableAt: item.dueAt,
        leased: false,
        sequence: ++this.#sequence,
        attempts: 0,
        firstFailedAt: undefined,
      });
      return;
    }
    const run = entry.item.run ?? item.run;
    const urgency = Math.min(entry.item.urgency, item.urgency) as WorkItem['urgency'];
    const dueAt = Math.min(entry.item.dueAt, item.dueAt);
    entry.item = {
      sync: item.sync,
      source: item.source,
      urgency,
      dueAt,
      cause: item.cause,
      ...(run !== undefined && { run }),
    };
    if (!entry.leased) entry.availableAt = Math.min(entry.availableAt, item.dueAt);
    entry.sequence = ++this.#sequence;
  }

  giveBack(): void {
    for (const entry of this.#entries.values()) {
      if (entry.leased) entry.availableAt = entry.item.dueAt;
      entry.leased = false;
    }
  }

  settle(result: WorkResult, now: number): void {
    const id = `${result.sync}/${result.source}`;
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (result.kind === 'done') {
      if (entry.sequence === result.sequence) this.#entries.delete(id);
      else if (entry.sequence > result.sequence) {
        entry.leased = false;
        entry.availableAt = entry.item.dueAt;
        entry.attempts = 0;
        entry.firstFailedAt = undefined;
      }
      return;
    }
    const run = result.run ?? entry.item.run;
    entry.leased = false;
    entry.availableAt = result.dueAt;
    entry.item = { ...entry.item, dueAt: result.dueAt, ...(run !== undefined && { run }) };
    if (!result.countAttempt) return;
    entry.attempts++;
    entry.firstFailedAt ??= now;
  }

  lease(sync: string, now: number, milliseconds: number, limit: number): readonly LeasedWork[] {
    const due = this.#of(sync).filter((entry) => entry.availableAt <= now);
    due.sort((left, right) => left.item.urgency - right.item.urgency || left.availableAt - right.availableAt);
    return due.slice(0, limit).map((entry) => {
      entry.leased = true;
      entry.availableAt = now + milliseconds;
      const { sequence, attempts, firstFailedAt } = entry;
      return { ...entry.item, sequence, attempts, ...(firstFailedAt !== undefined && { firstFailedAt }) };
    });
  }

  has(sync: string, source: string): boolean {
    return this.#entries.has(`${sync}/${source}`);
  }

  nextDue(sync: string): number | undefined {
    const times = this.#of(sync).map((entry) => entry.availableAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  pending(run: string): number {
    return [...this.#entries.values()].filter((entry) => entry.item.run === run).length;
  }

  backlog(): readonly {
    readonly sync: string;
    readonly urgency: number;
    readonly count: number;
    readonly oldestDueAt: number;
  }[] {
    const groups = Map.groupBy(this.#entries.values(), (entry) => `${entry.item.urgency}/${entry.item.sync}`);
    return [...groups.values()].map((entries) => {
      const { sync, urgency } = (entries[0] as Entry).item;
      return {
        sync,
        urgency,
        count: entries.length,
        oldestDueAt: Math.min(...entries.map((entry) => entry.availableAt)),
      };
    });
  }

  #of(sync: string): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.item.sync === sync);
  }
}
