import { claimId, planChunk, screenBulk, Settlement, type Candidate, type Planned } from '../plan/index.ts';
import type { RecordRow } from '../ports/index.ts';
import { bulkCandidates, liveCandidates, type BulkChunk, type LiveChunk } from './arrivals.ts';
import { BeingStored } from './being-stored.ts';
import { Busy } from './busy.ts';
import { Dispatch } from './dispatch.ts';
import { learn } from './knowledge.ts';
import { takeOldKeys, type Taken } from './old-key.ts';
import { OnTheirWay } from './on-their-way.ts';
import type { PipelineOptions } from './options.ts';
import { RunMemory } from './run-memory.ts';
import { lookUp, type Stored } from './stored.ts';

/** A chunk whose records and keys are busy with it. */
interface TakenChunk extends Taken {
  readonly stored: Stored;
}

/**
 * The way of records through one key space: both entrances, one planner, one settlement. It keeps a bounded number of
 * rows, and a record or key is in one unanswered request at most.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #busy = new Busy();
  readonly #memory = new RunMemory();
  readonly #distrusted = new Set<string>();
  readonly #dispatch: Dispatch;
  readonly #onTheirWay: OnTheirWay;
  #deferred: Candidate[] = [];
  #planning: Promise<void> = Promise.resolve();
  readonly #beingStored: BeingStored;
  #draining = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    const { maxRecords, maxInFlight } = options.target.limits;
    // Beside those on their way, one request's records that are read, planned or stored: more would only take memory.
    this.#onTheirWay = new OnTheirWay((maxInFlight + 1) * maxRecords);
    this.#beingStored = new BeingStored(2 * maxRecords);
    this.#dispatch = new Dispatch(options, {
      commit: (settlement, planned, answered) => this.#settled(settlement, planned, answered),
      partly: () => this.#draining > 0 || this.#deferred.some((candidate) => candidate.entrance === 'live'),
    });
  }

  /** Rejects with what ended the pipeline; never resolves. */
  get failure(): Promise<never> {
    return this.#dispatch.failure;
  }

  /** Takes back what an earlier worker left unanswered. Call it before anything else. */
  async recover(): Promise<void> {
    await this.#dispatch.recover();
  }

  /** True while live work of this record is on its way. */
  isOnItsWay(sync: string, source: string): boolean {
    return this.#onTheirWay.isLive(sync, source);
  }

  /**
   * Takes rows of a full read; resolves when those before them are planned and there is room for more: a chunk is read
   * while another is planned.
   */
  async bulk(chunk: BulkChunk): Promise<void> {
    while (!this.#onTheirWay.hasBulkRoom) await this.drain(this.#onTheirWay.fewer());
    const before = this.#planning;
    const candidates = bulkCandidates(chunk, this.#options.exclusions);
    chunk.page.taken(candidates.length);
    this.#onTheirWay.add(candidates);
    void this.#planNext(candidates);
    await before;
    this.#dispatch.throwIfOver();
  }

  /** Takes leased work; resolves when it is planned. It is settled, or waits for its request, then. */
  async live(chunk: LiveChunk): Promise<void> {
    while (!this.#onTheirWay.hasLiveRoom) await this.drain(this.#onTheirWay.fewer());
    const candidates = liveCandidates(chunk, this.#options);
    this.#onTheirWay.add(candidates);
    await this.#planNext(candidates);
    this.#dispatch.throwIfOver();
  }

  /** The target does not hold what the record's row says: when it is planned next, it is sent whatever its hash. */
  distrust(sync: string, source: string): void {
    this.#distrusted.add(claimId({ sync, source }));
  }

  /** A full read is over: what was remembered for its counts is forgotten. */
  ended(run: string): void {
    this.#memory.forget(run);
  }

  /** Sends batches that are not full until `done` resolves: there is nothing more to fill them with. */
  async drain(done: Promise<void>): Promise<void> {
    this.#draining++;
    this.#dispatch.pump();
    try {
      await Promise.race([done, this.failure]);
    } finally {
      this.#draining--;
    }
  }

  /** Resolves when all live work that was taken is settled. */
  async settled(): Promise<void> {
    while (this.#onTheirWay.hasLive) await this.drain(this.#onTheirWay.fewer());
  }

  /** Finishes the requests that have left, and nothing else. Work that was not sent is given back. */
  async stop(): Promise<void> {
    // A chunk may be planned that waits for the target, for a limit of a day perhaps: it waits no longer.
    this.#dispatch.end();
    await this.#planning;
    await this.#beingStored.done();
    const left = await this.#dispatch.left();
    const now = this.#options.clock.now();
    const work = [...left.map((planned) => planned.candidate), ...this.#deferred].flatMap(
      (candidate) => candidate.work ?? [],
    );
    const again = work.map(
      ({ sync, source }) => ({ kind: 'again', sync, source, dueAt: now, countAttempt: false }) as const,
    );
    if (again.length > 0) await this.#options.store.commit({ work: again });
  }

  /**
   * One chunk is planned at a time: two that want each other's keys would defer each other for ever. What the store
   * knows of the next one is asked for meanwhile: its records and keys are busy from here on, so nothing of it changes.
   */
  #planNext(candidates: readonly Candidate[]): Promise<void> {
    if (candidates.length === 0) return this.#planning;
    const group = this.#busy.group();
    const taken: Candidate[] = [];
    for (const candidate of candidates) {
      if (this.#busy.take(candidate, group)) taken.push(candidate);
      else this.#deferred.push(candidate);
    }
    const stored = lookUp(taken, this.#options);
    // It is awaited when the chunk is planned; until then a failure must not go unhandled.
    stored.catch(() => undefined);
    this.#planning = this.#planning
      .then(async () => this.#plan({ taken, group, stored: await stored }))
      .catch((error: unknown) => {
        this.#deferred.push(...taken);
        this.#dispatch.fail(error);
      });
    return this.#planning;
  }

  async #plan({ taken, group, stored }: TakenChunk): Promise<void> {
    await this.#beingStored.room();
    if (this.#dispatch.isOver) {
      this.#deferred.push(...taken);
      return;
    }
    const { waiting, tops, over } = stored;
    const settlement = new Settlement(this.#options.clock.now());
    const released: Candidate[] = [];
    const old = await takeOldKeys({ taken, group }, stored.rows, this.#busy, this.#options.store);
    this.#deferred.push(...old.waiting);
    const rows = this.#withoutDistrusted(old.rows);
    const screened: Candidate[] = [];
    for (const each of old.taken) {
      const previous = rows.get(each.source);
      // A run that is over moves what it counts, and counts nothing more: a later one may have counted the record.
      const candidate = over.has(each.run) && previous?.run !== each.run ? { ...each, run: each.liveRun } : each;
      if (this.#screen(candidate, previous, waiting.has(candidate.source), settlement)) screened.push(candidate);
      else released.push(candidate);
    }
    const held = this.#holdBlocked(screened, rows, settlement);
    released.push(...held);
    const free = held.length === 0 ? screened : screened.filter((candidate) => !held.includes(candidate));
    // What cannot be read keeps a key that it does not claim: its row is known to whoever is planned to take the key.
    const unreadable = free.filter((candidate) => candidate.reason === 'unreadable');
    const readable = unreadable.length === 0 ? free : free.filter((candidate) => candidate.reason !== 'unreadable');
    for (const part of [unreadable, readable]) {
      if (part.length > 0) released.push(...(await this.#planPart(part, { rows, tops }, settlement)));
    }
    if (!settlement.isEmpty) this.#settleAtOnce(settlement, released);
    else if (released.length > 0) this.#released(released);
    this.#dispatch.pump();
  }

  /** Returns what is settled at once. */
  async #planPart(
    candidates: readonly Candidate[],
    { rows, tops }: Pick<Stored, 'rows' | 'tops'>,
    settlement: Settlement,
  ): Promise<readonly Candidate[]> {
    const sources = { ...this.#options, memory: this.#memory, settled: settlement.rows() };
    const knowledge = await learn(candidates, { rows, tops }, sources, (error) => this.#dispatch.wait(error));
    const released: Candidate[] = [];
    for (const planned of planChunk(candidates, knowledge)) {
      if (this.#dispatch.accept(planned, settlement)) continue;
      released.push(planned.candidate, ...planned.losers.map((loser) => loser.candidate));
    }
    return released;
  }

  /** What needs no request is stored while the next chunk is planned; its records and keys are busy until then. */
  #settleAtOnce(settlement: Settlement, released: readonly Candidate[]): void {
    const stored = this.#commit(settlement)
      .then(() => this.#released(released))
      .catch((error: unknown) => this.#dispatch.fail(error));
    this.#beingStored.add(stored, released.length);
  }

  #released(candidates: readonly Candidate[]): void {
    this.#release(candidates);
    if (candidates.length > 0) this.#planDeferred();
  }

  #withoutDistrusted(rows: ReadonlyMap<string, RecordRow>): ReadonlyMap<string, RecordRow> {
    if (this.#distrusted.size === 0) return rows;
    const trusted = new Map(rows);
    for (const row of rows.values()) {
      if (!this.#distrusted.delete(claimId(row))) continue;
      trusted.set(row.source, { ...row, hash: undefined });
    }
    return trusted;
  }

  /** What waited for something that has settled now is planned; what still waits is deferred again. */
  #planDeferred(): void {
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const group of Map.groupBy(
      deferred,
      ({ policy, entrance, run }) => `${entrance}/${policy.name}/${run}`,
    ).values()) {
      void this.#planNext(group);
    }
  }

  /** True when the candidate goes on to be planned. */
  #screen(candidate: Candidate, previous: RecordRow | undefined, waiting: boolean, settlement: Settlement): boolean {
    if (candidate.entrance === 'live') return true;
    const screening = screenBulk(candidate, previous, waiting);
    if (screening === 'plan') return true;
    if (screening !== 'counted') settlement.supersede(candidate, previous, screening === 'unclear');
    return false;
  }

  /** Records with a key that a lost request may still change wait until it cannot. */
  #holdBlocked(
    candidates: readonly Candidate[],
    rows: ReadonlyMap<string, RecordRow>,
    settlement: Settlement,
  ): readonly Candidate[] {
    if (!this.#dispatch.hasBlocked) return [];
    return candidates.filter((candidate) => {
      const previous = rows.get(candidate.source);
      const until = Math.max(this.#dispatch.blockedUntil(candidate.key), this.#dispatch.blockedUntil(previous?.key));
      if (until <= this.#options.clock.now()) return false;
      const detail = 'an earlier request for the same key was not answered';
      settlement.hold(candidate, previous, { reason: 'unanswered-request', detail, dueAt: until });
      return true;
    });
  }

  async #settled(settlement: Settlement, planned: readonly Planned[], answered: readonly string[]): Promise<void> {
    await this.#commit(settlement, answered);
    const settled: Candidate[] = [];
    for (const { candidate, losers } of planned) {
      settled.push(candidate);
      for (const loser of losers) settled.push(loser.candidate);
    }
    this.#release(settled);
    this.#planDeferred();
  }

  async #commit(settlement: Settlement, answered: readonly string[] = []): Promise<void> {
    await this.#options.store.commit({ ...settlement.commit(), answered });
    for (const { run, row } of settlement.displaced) this.#memory.noteLost(run, row);
    for (const { run, row } of settlement.leaving) this.#memory.noteLeft(run, row);
    this.#options.changedRuns(settlement.tally.runs);
    for (const sync of settlement.queued) this.#options.queued(sync);
  }

  #release(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      this.#busy.release(candidate);
      candidate.ticket?.settled(1);
    }
    this.#onTheirWay.remove(candidates);
  }
}
