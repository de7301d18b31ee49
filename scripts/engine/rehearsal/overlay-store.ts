import { compareRanks } from '../plan/index.ts';
import type { Claim, Commit, RecordRow, RunDelta, RunRow, Sending, Store } from '../ports/index.ts';
import type { LedgerStore } from '../run/index.ts';

type Beneath = Pick<Store, 'rows' | 'topClaims' | 'runnersUp' | 'waiting' | 'run'>;

/** A store that shows what is beneath it and keeps what would be written to itself: nothing is written. */
export class OverlayStore implements LedgerStore {
  readonly rowsWritten = new Map<string, RecordRow>();
  readonly deltas: RunDelta[] = [];
  readonly #beneath: Beneath;
  readonly #claims = new Map<string, Map<string, RecordRow>>();

  constructor(beneath: Beneath) {
    this.#beneath = beneath;
  }

  async rows(sync: string, sources: readonly string[]): Promise<ReadonlyMap<string, RecordRow>> {
    const rows = new Map(await this.#beneath.rows(sync, sources));
    for (const source of sources) {
      const row = this.rowsWritten.get(`${sync}/${source}`);
      if (row) rows.set(source, row);
    }
    return rows;
  }

  async topClaims(keySpace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Claim>> {
    const tops = await this.#beneath.topClaims(keySpace, keys);
    // A claim beneath that its record has given up here: the next one counts.
    const stale = [...tops].filter(([, claim]) => this.rowsWritten.has(`${claim.sync}/${claim.source}`));
    const others = await this.runnersUp(
      keySpace,
      stale.map(([key, { sync, source }]) => ({ key, sync, source })),
      false,
    );
    const result = new Map(tops);
    for (const [key] of stale) result.delete(key);
    for (const [key, claim] of others) result.set(key, claim);
    for (const key of keys) this.#raise(result, key, new Set());
    return result;
  }

  async runnersUp(
    keySpace: string,
    givers: Parameters<Store['runnersUp']>[1],
    raised = true,
  ): Promise<ReadonlyMap<string, Claim>> {
    let asked = [...givers];
    const result = new Map<string, Claim>();
    while (asked.length > 0) {
      const found = await this.#beneath.runnersUp(keySpace, [...givers, ...asked]);
      const next: (typeof asked)[number][] = [];
      for (const key of new Set(asked.map((each) => each.key))) {
        const claim = found.get(key);
        if (claim && this.rowsWritten.has(`${claim.sync}/${claim.source}`))
          next.push({ key, sync: claim.sync, source: claim.source });
        else if (claim) result.set(key, claim);
      }
      asked =
        next.length === 0 ? [] : [...asked.filter((each) => next.some((other) => other.key === each.key)), ...next];
    }
    if (!raised) return result;
    for (const [key, group] of Map.groupBy(givers, (giver) => giver.key)) {
      this.#raise(result, key, new Set(group.map((each) => `${each.sync}/${each.source}`)));
    }
    return result;
  }

  /** By key: the row whose values would be there. */
  holders(keys: ReadonlySet<string>): ReadonlyMap<string, RecordRow> {
    const holders = new Map<string, RecordRow>();
    for (const row of this.rowsWritten.values()) {
      if (row.key !== undefined && row.hash !== undefined && keys.has(row.key)) holders.set(row.key, row);
    }
    return holders;
  }

  async waiting(sync: string, sources: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#beneath.waiting(sync, sources);
  }

  async run(id: string): Promise<RunRow | undefined> {
    return this.#beneath.run(id);
  }

  async commit(change: Commit): Promise<void> {
    for (const row of change.rows ?? []) this.#put(row);
    this.deltas.push(...(change.runDeltas ?? []));
  }

  async sending(_sending: Sending): Promise<void> {
    // Nothing leaves in a rehearsal.
  }

  async unanswered(): Promise<readonly Sending[]> {
    return [];
  }

  #put(row: RecordRow): void {
    const id = `${row.sync}/${row.source}`;
    const before = this.rowsWritten.get(id);
    if (before?.key !== undefined) this.#claims.get(before.key)?.delete(id);
    this.rowsWritten.set(id, row);
    if (row.key === undefined) return;
    const claims = this.#claims.get(row.key);
    if (claims) claims.set(id, row);
    else this.#claims.set(row.key, new Map([[id, row]]));
  }

  #raise(result: Map<string, Claim>, key: string, but: ReadonlySet<string>): void {
    for (const [id, row] of this.#claims.get(key) ?? []) {
      const top = result.get(key);
      if (!but.has(id) && (!top || compareRanks(row, top) > 0))
        result.set(key, { ...row, delivered: row.hash !== undefined });
    }
  }
}
