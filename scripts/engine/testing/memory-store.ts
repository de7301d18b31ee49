import { LeaseLostError } from '../errors.ts';
import { noCounts, type Counts } from '../outcomes.ts';
import { compareRanks } from '../plan/index.ts';
import { runCalls } from '../ports/index.ts';
import type {
  Announcement,
  Change,
  Claim,
  Clock,
  Commit,
  FanOut,
  IssueChange,
  LeasedWork,
  RecordFilter,
  RecordRow,
  RunCalls,
  RunDelta,
  RunKind,
  RunRow,
  Sending,
  Store,
} from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';
import { MemoryWork } from './memory-work.ts';

/** What all handles on one store share, and what survives when a handle is dropped. */
export class MemoryDisk {
  readonly rows = new Map<string, Map<string, RecordRow>>();
  readonly claims = new Map<string, Map<string, RecordRow>>();
  readonly work = new MemoryWork();
  readonly runs = new Map<string, RunRow>();
  readonly sendings = new Map<string, Sending>();
  readonly cursors = new Map<string, string>();
  readonly seen = new Map<string, Map<string, number>>();
  readonly parents = new Map<string, string>();
  readonly fanOuts = new Map<string, FanOut & { again?: boolean }>();
  readonly issues = new Map<string, IssueChange & { readonly sequence: number }>();
  holder: { owner: string; until: number } | undefined;
  fence = 0;
  readonly announcements = new Map<string, Announcement & { readonly sequence: number }>();
  issueSequence = 0;
  announcementSequence = 0;
}

/** The `Store` port in memory, for tests: same semantics as the real one, nothing on disk. */
export class MemoryStore implements Store {
  readonly id: string;
  readonly disk: MemoryDisk;
  readonly #clock: Pick<Clock, 'now'>;
  #fence: number | undefined;

  constructor(clock: Pick<Clock, 'now'>, disk = new MemoryDisk(), id = 'memory') {
    this.#clock = clock;
    this.disk = disk;
    this.id = id;
  }

  async acquire(owner: string, now: number, milliseconds: number): Promise<void> {
    const { holder } = this.disk;
    if (holder && holder.owner !== owner && holder.until > now) {
      const until = new Date(holder.until).toISOString();
      throw new LeaseLostError(`The store is in use by ${holder.owner} until ${until}.`, ['Stop that worker.']);
    }
    this.disk.holder = { owner, until: now + milliseconds };
    this.#fence = ++this.disk.fence;
    this.disk.work.giveBack();
  }

  async renew(now: number, milliseconds: number): Promise<void> {
    this.#check();
    if (this.disk.holder) this.disk.holder.until = now + milliseconds;
  }

  async release(): Promise<void> {
    if (this.#fence === this.disk.fence) this.disk.holder = undefined;
    this.#fence = undefined;
  }

  async commit(change: Commit): Promise<void> {
    this.#check();
    this.#checkRuns(change);
    const { disk } = this;
    for (const run of change.runs ?? []) disk.runs.set(run.id, run);
    for (const { id, ...update } of change.runUpdates ?? []) {
      const { position, ...rest } = { ...this.#run(id), ...update };
      disk.runs.set(id, rest.pagesDone || position === undefined ? rest : { ...rest, position });
    }
    for (const delta of change.runDeltas ?? []) disk.runs.set(delta.run, addDelta(this.#run(delta.run), delta));
    for (const row of change.rows ?? []) this.#put(row);
    for (const result of change.work ?? []) disk.work.settle(result, this.#clock.now());
    for (const item of change.enqueue ?? []) disk.work.enqueue(item);
    for (const batch of change.answered ?? []) disk.sendings.delete(batch);
    for (const { name, cursor } of change.cursors ?? []) disk.cursors.set(name, cursor);
    for (const { object, changes, forgetBefore } of change.seen ?? []) this.#see(object, changes, forgetBefore);
    for (const { object, id, hash } of change.parents ?? []) disk.parents.set(`${object}/${id}`, hash);
    this.#fanOut(change.fanOuts ?? {});
    for (const issue of change.issues ?? []) {
      const id = `${issue.sync}/${issue.source}`;
      disk.issues.delete(id);
      disk.issues.set(id, { ...issue, sequence: ++disk.issueSequence });
    }
    for (const announcement of change.announcements ?? []) {
      const id = `${announcement.system}/${announcement.record}`;
      disk.announcements.delete(id);
      disk.announcements.set(id, { ...announcement, sequence: ++disk.announcementSequence });
    }
  }

  async rows(sync: string, sources: readonly string[]): Promise<ReadonlyMap<string, RecordRow>> {
    const rows = this.disk.rows.get(sync);
    const found = sources.map((source) => rows?.get(source)).filter((row) => row !== undefined);
    return new Map(found.map((row) => [row.source, row]));
  }

  async topClaims(keySpace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Claim>> {
    return this.#greatest(keySpace, new Map(keys.map((key) => [key, new Set<string>()])));
  }

  async runnersUp(keySpace: string, givers: Parameters<Store['runnersUp']>[1]): Promise<ReadonlyMap<string, Claim>> {
    const groups = Map.groupBy(givers, (giver) => giver.key);
    const but = [...groups].map(
      ([key, group]) => [key, new Set(group.map((each) => `${each.sync}/${each.source}`))] as const,
    );
    return this.#greatest(keySpace, new Map(but));
  }

  async records(filter: RecordFilter): Promise<readonly RecordRow[]> {
    const order = (row: { sync: string; source: string }): string => `${row.sync}\0${row.source}`;
    const all = [...this.disk.rows.values()].flatMap((rows) => [...rows.values()]);
    const fits = (row: RecordRow): boolean =>
      (filter.sync === undefined || row.sync === filter.sync) &&
      (filter.outcome === undefined || row.outcome === filter.outcome) &&
      (filter.reason === undefined || row.reason === filter.reason) &&
      (filter.run === undefined || row.run === filter.run) &&
      (filter.after === undefined || order(row) > order(filter.after));
    const found = all.filter(fits).sort((left, right) => (order(left) < order(right) ? -1 : 1));
    return found.slice(0, filter.limit);
  }

  async waiting(sync: string, sources: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(sources.filter((source) => this.disk.work.has(sync, source)));
  }

  async lease(request: Parameters<Store['lease']>[0]): Promise<readonly LeasedWork[]> {
    this.#check();
    return this.disk.work.lease(request.sync, request.now, request.milliseconds, request.limit);
  }

  async nextDue(sync: string): Promise<number | undefined> {
    return this.disk.work.nextDue(sync);
  }

  async backlog(): ReturnType<Store['backlog']> {
    return this.disk.work.backlog();
  }

  async pending(run: string): Promise<number> {
    return this.disk.work.pending(run);
  }

  async sending(sending: Sending): Promise<void> {
    this.#check();
    this.disk.sendings.set(sending.batch, sending);
  }

  async unanswered(now: number): Promise<readonly Sending[]> {
    return [...this.disk.sendings.values()]
      .filter((each) => each.until > now)
      .sort((left, right) => left.until - right.until);
  }

  async cursor(name: string): Promise<string | undefined> {
    return this.disk.cursors.get(name);
  }

  async unseen(object: string, changes: readonly Change[]): Promise<readonly Change[]> {
    const seen = this.disk.seen.get(object);
    return changes.filter((change) => !seen?.has(seenId(change)));
  }

  async parents(object: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = ids.map((id) => [id, this.disk.parents.get(`${object}/${id}`)] as const);
    return new Map(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  async fanOuts(limit: number): Promise<readonly FanOut[]> {
    return [...this.disk.fanOuts.values()].slice(0, limit).map(({ again: _, ...fanOut }) => fanOut);
  }

  async run(id: string): Promise<RunRow | undefined> {
    return this.disk.runs.get(id);
  }

  async runs(filter: {
    sync?: string;
    kind?: RunKind;
    state?: RunRow['state'];
    limit: number;
  }): Promise<readonly RunRow[]> {
    const fits = (run: RunRow): boolean =>
      (filter.sync === undefined || run.sync === filter.sync) &&
      (filter.kind === undefined || run.kind === filter.kind) &&
      (filter.state === undefined || run.state === filter.state);
    const found = [...this.disk.runs.values()].filter(fits);
    found.sort((left, right) => right.startedAt - left.startedAt || (left.id < right.id ? 1 : -1));
    return found.slice(0, filter.limit);
  }

  async untold(limit: number): Promise<readonly (IssueChange & { readonly sequence: number })[]> {
    return [...this.disk.issues.values()].slice(0, limit);
  }

  async told(upTo: readonly number[]): Promise<void> {
    const told = new Set(upTo);
    for (const [id, issue] of this.disk.issues) if (told.has(issue.sequence)) this.disk.issues.delete(id);
  }

  async unannounced(limit: number): ReturnType<Store['unannounced']> {
    return [...this.disk.announcements.values()].slice(0, limit);
  }

  async announced(sequences: readonly number[]): Promise<void> {
    const told = new Set(sequences);
    for (const [id, each] of this.disk.announcements) if (told.has(each.sequence)) this.disk.announcements.delete(id);
  }

  async close(): Promise<void> {
    await this.release();
  }

  #check(): void {
    if (this.#fence === undefined || this.#fence !== this.disk.fence) {
      throw new LeaseLostError('The lease of the store is not held by this worker (any more).', [
        'Start the worker again.',
      ]);
    }
  }

  /** Everything that can fail fails before anything is changed: a commit is whole or nothing. */
  #checkRuns(change: Commit): void {
    const made = new Set((change.runs ?? []).map((run) => run.id));
    const named = [
      ...(change.runDeltas ?? []).map((delta) => delta.run),
      ...(change.runUpdates ?? []).map((each) => each.id),
    ];
    for (const run of named) if (!made.has(run)) this.#run(run);
  }

  #run(id: string): RunRow {
    const run = this.disk.runs.get(id);
    if (!run) throw new Error(`Counts were added to the run ${id}, which the store does not have.`);
    return run;
  }

  #put(row: RecordRow): void {
    let rows = this.disk.rows.get(row.sync);
    if (!rows) this.disk.rows.set(row.sync, (rows = new Map<string, RecordRow>()));
    const before = rows.get(row.source);
    const id = `${row.sync}/${row.source}`;
    if (before?.key !== undefined) this.disk.claims.get(`${before.keySpace}\0${before.key}`)?.delete(id);
    rows.set(row.source, row);
    if (row.key === undefined) return;
    const place = `${row.keySpace}\0${row.key}`;
    let claims = this.disk.claims.get(place);
    if (!claims) this.disk.claims.set(place, (claims = new Map<string, RecordRow>()));
    claims.set(id, row);
  }

  #greatest(keySpace: string, asked: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, Claim> {
    const found = new Map<string, Claim>();
    for (const [key, but] of asked) {
      let top: RecordRow | undefined;
      for (const [id, row] of this.disk.claims.get(`${keySpace}\0${key}`) ?? []) {
        if (!but.has(id) && (!top || compareRanks(row, top) > 0)) top = row;
      }
      if (!top) continue;
      const { sync, source, precedence, rank, version, run, outcome, createdIn } = top;
      const ranked = { sync, source, precedence, ...(rank !== undefined && { rank }), version };
      const claim = { ...ranked, run, outcome, delivered: top.hash !== undefined };
      found.set(key, createdIn === undefined ? claim : { ...claim, createdIn });
    }
    return found;
  }

  #see(object: string, changes: readonly Change[], forgetBefore: number): void {
    let seen = this.disk.seen.get(object);
    if (!seen) this.disk.seen.set(object, (seen = new Map<string, number>()));
    for (const change of changes) seen.set(seenId(change), change.stamp);
    for (const [id, stamp] of seen) if (stamp < forgetBefore) seen.delete(id);
  }

  #fanOut({ add, progress, done }: NonNullable<Commit['fanOuts']>): void {
    const { fanOuts } = this.disk;
    const idOf = (each: FanOut): string => `${each.sync}/${each.reference}/${each.parent}`;
    for (const each of add ?? []) {
      const before = fanOuts.get(idOf(each));
      fanOuts.set(idOf(each), before ? { ...before, again: true } : each);
    }
    for (const each of progress ?? []) {
      const before = fanOuts.get(idOf(each));
      if (before) fanOuts.set(idOf(each), { ...before, ...each });
    }
    for (const each of done ?? []) {
      const before = fanOuts.get(idOf(each));
      fanOuts.delete(idOf(each));
      if (before?.again) fanOuts.set(idOf(each), { sync: each.sync, reference: each.reference, parent: each.parent });
    }
  }
}

function seenId(change: Change): string {
  return `${change.stamp}/${change.id}/${change.deleted}`;
}

function addDelta(run: RunRow, delta: RunDelta): RunRow {
  const counts: Record<keyof Counts, number> = { ...run.counts };
  for (const name of Object.keys(noCounts) as (keyof Counts)[]) counts[name] += delta.counts[name] ?? 0;
  const reasons: Partial<Record<ReasonCode, number>> = { ...run.reasons };
  for (const [reason, number] of Object.entries(delta.reasons) as [ReasonCode, number][]) {
    const sum = (reasons[reason] ?? 0) + number;
    if (sum === 0) delete reasons[reason];
    else reasons[reason] = sum;
  }
  const calls = runCalls.map((name) => [name, run[name] + (delta[name] ?? 0)]);
  return { ...run, ...(Object.fromEntries(calls) as unknown as RunCalls), counts, reasons };
}
