import type { Outcome } from '../outcomes.ts';
import type { Announcement, Commit, Delivery, IssueChange, RecordRow, WorkItem, WorkResult } from '../ports/index.ts';
import { reasonTexts, type ReasonCode } from '../reasons/index.ts';
import type { Candidate } from './candidate.ts';
import { rankFor } from './elect.ts';
import { claimId, type Planned } from './plan.ts';
import { Tally } from './tally.ts';

/** What became of a record that was sent. */
export type Result =
  | Extract<Delivery, { readonly kind: 'delivered' }>
  | { readonly kind: 'failed'; readonly reason: ReasonCode; readonly detail: string; readonly maybeApplied: boolean }
  | {
      readonly kind: 'held';
      readonly reason: ReasonCode;
      readonly detail: string;
      readonly dueAt: number;
      readonly countAttempt: boolean;
      /** True when the target may hold the record's values all the same. */
      readonly maybeApplied: boolean;
    };

interface Ruling {
  readonly outcome: Outcome;
  readonly reason: ReasonCode | undefined;
  readonly detail: string | undefined;
  readonly key: string | undefined;
  readonly hash: string | undefined;
  readonly createdIn: string | undefined;
}

/** Gathers outcomes into one transaction. Pure: what it gathers is stored by whoever asks for `commit`. */
export class Settlement {
  readonly tally = new Tally();
  readonly #at: number;
  readonly #rows: RecordRow[] = [];
  readonly #work: WorkResult[] = [];
  readonly #enqueue: WorkItem[] = [];
  readonly #issues: IssueChange[] = [];
  readonly #announcements: Announcement[] = [];
  readonly #leaving: { readonly run: string; readonly row: RecordRow }[] = [];
  readonly #displaced: { readonly run: string; readonly row: RecordRow }[] = [];

  constructor(at: number) {
    this.#at = at;
  }

  /** A record that is not sent: its verdict is its outcome. */
  settle(planned: Planned): void {
    const { candidate, previous, verdict, createdIn } = planned;
    if (verdict.kind !== 'settle')
      throw new Error(
        `${claimId({ sync: candidate.policy.name, source: candidate.source })} is to be sent, not settled`,
      );
    const { outcome, reason, detail } = verdict;
    if (reason === 'unreadable') {
      // Rights come and go: what cannot be read keeps its key and what the target holds from it.
      const kept = { key: previous?.key, hash: previous?.hash, createdIn: previous?.createdIn };
      this.#store(planned, { outcome, reason, detail, ...kept });
    } else {
      const untouched = reason === 'value-not-mappable' || reason === 'update-not-allowed' || reason === 'not-allowed';
      const hash = verdict.delivered ? candidate.hash : untouched ? heldHash(candidate, previous) : undefined;
      this.#store(planned, { outcome, reason, detail, key: candidate.key, hash, createdIn });
    }
    this.#done(candidate);
  }

  /** A record that was sent, and whoever waited for its outcome. */
  answer(planned: Planned, result: Result): void {
    const { candidate, verdict, displaced } = planned;
    if (verdict.kind !== 'send')
      throw new Error(`${claimId({ sync: candidate.policy.name, source: candidate.source })} was not sent`);
    const ruling = verdict.action === 'delete' ? ruleDelete(planned, result) : ruleUpsert(planned, result);
    this.#store(planned, ruling);
    this.#announce(planned, result);
    if (displaced) this.#displace(displaced, candidate);
    if (result.kind === 'held') this.#again(candidate, result);
    else this.#done(candidate);
    for (const loser of planned.losers) this.settle({ ...loser, createdIn: loser.createdIn ?? ruling.createdIn });
  }

  /** A bulk row that gives way to live work. A row that is still open elsewhere stays as it is, so that it closes there. */
  supersede(candidate: Candidate, previous: RecordRow | undefined, requeue: boolean): void {
    const { policy, source, version, run } = candidate;
    this.tally.count(run, 'skipped', 'superseded');
    if (previous && isOpen(previous)) {
      this.#rows.push({ ...previous, bulkRun: run });
    } else {
      this.#rows.push({
        sync: policy.name,
        source,
        version: previous?.version ?? version,
        keySpace: previous?.keySpace ?? policy.keySpace,
        key: previous?.key,
        precedence: previous?.precedence ?? policy.precedence,
        rank: previous?.rank,
        hash: previous?.hash,
        outcome: 'skipped',
        reason: 'superseded',
        detail: previous?.detail,
        run,
        bulkRun: run,
        createdIn: previous?.createdIn,
        entrance: previous?.entrance ?? candidate.entrance,
        settledAt: this.#at,
      });
    }
    if (requeue) this.#enqueue.push({ sync: policy.name, source, urgency: 0, dueAt: this.#at, cause: 'changed' });
  }

  /** A record that cannot be planned before `dueAt`: its row stays as it is, but for being held. */
  hold(
    candidate: Candidate,
    previous: RecordRow | undefined,
    why: { reason: ReasonCode; detail: string; dueAt: number },
  ): void {
    const { key, hash, createdIn } = previous ?? {};
    const { reason, detail, dueAt } = why;
    const held = { ...candidate, version: previous?.version ?? candidate.version };
    const planned = { candidate: held, previous, elected: undefined };
    this.#store(planned, { outcome: 'held', reason, detail, key, hash, createdIn });
    this.#again(candidate, { dueAt, countAttempt: false });
  }

  enqueue(item: WorkItem): void {
    this.#enqueue.push(item);
  }

  /** Syncs that may have work now: what was added, put off, or grew while it was leased and can be taken again. */
  get queued(): ReadonlySet<string> {
    return new Set([...this.#work, ...this.#enqueue].map((each) => each.sync));
  }

  /** Rows that held a key, whose record claims another key now or none. */
  get leaving(): readonly { readonly run: string; readonly row: RecordRow }[] {
    return this.#leaving;
  }

  /** Rows that held a key before the run, as they were when another record of the run took it over. */
  get displaced(): readonly { readonly run: string; readonly row: RecordRow }[] {
    return this.#displaced;
  }

  /** What is settled so far, by `claimId`. */
  rows(): ReadonlyMap<string, RecordRow> {
    return new Map(this.#rows.map((row) => [claimId(row), row]));
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0 && this.#work.length === 0 && this.#enqueue.length === 0;
  }

  commit(): Commit {
    return {
      rows: this.#rows,
      runDeltas: this.tally.deltas(),
      work: this.#work,
      enqueue: this.#enqueue,
      issues: this.#issues,
      ...(this.#announcements.length > 0 && { announcements: this.#announcements }),
    };
  }

  #store({ candidate, previous, elected }: Pick<Planned, 'candidate' | 'previous' | 'elected'>, ruling: Ruling): void {
    const { policy, source, entrance } = candidate;
    // A run that has counted the record, and lost sight of its outcome since, is left alone: the live run counts it.
    const lostSight = previous !== undefined && previous.run !== candidate.run && previous.bulkRun === candidate.run;
    const run = heldIn(previous, candidate) ?? (lostSight ? candidate.liveRun : candidate.run);
    const moves = entrance === 'live' && previous?.run === run;
    const bulkRun = moves
      ? previous.bulkRun
      : entrance === 'bulk' || run !== candidate.liveRun
        ? run
        : previous?.bulkRun;
    if (previous?.run === run) this.tally.move(run, previous, ruling.outcome, ruling.reason);
    else this.tally.count(run, ruling.outcome, ruling.reason);
    const rank = ruling.key === candidate.key ? rankFor(policy.election, candidate, previous) : previous?.rank;
    const row: RecordRow = {
      sync: policy.name,
      source,
      version: ruling.reason === 'unreadable' && previous ? previous.version : candidate.version,
      keySpace: policy.keySpace,
      key: ruling.key,
      precedence: policy.precedence,
      rank: ruling.key === undefined ? undefined : rank,
      hash: ruling.hash,
      outcome: ruling.outcome,
      reason: ruling.reason,
      detail: ruling.detail,
      run,
      bulkRun,
      createdIn: ruling.createdIn,
      entrance,
      settledAt: this.#at,
    };
    this.#rows.push(row);
    if (previous?.key !== undefined && previous.key !== row.key && candidate.run !== candidate.liveRun) {
      this.#leaving.push({ run: candidate.run, row: previous });
    }
    if (isOpen(ruling) || (previous && isOpen(previous))) this.#issue(previous, ruling, row);
    if (elected) {
      const item = {
        sync: elected.sync,
        source: elected.source,
        urgency: 1,
        dueAt: this.#at,
        cause: 'elected',
      } as const;
      this.#enqueue.push(elected.sync === policy.name ? { ...item, run } : item);
    }
  }

  /** The loser of a takeover: skipped, without a hash. Its count moves where it is still open, or where the taker counts. */
  #displace(row: RecordRow, taker: Candidate): void {
    const { run } = taker;
    if (run !== taker.liveRun && row.run !== run && row.sync === taker.policy.name) this.#displaced.push({ run, row });
    const counted = row.run === taker.run || row.outcome === 'held';
    if (counted && row.run !== '') this.tally.move(row.run, row, 'skipped', 'another-record-owns-key');
    this.#rows.push({
      ...row,
      hash: undefined,
      run: counted ? row.run : '',
      outcome: 'skipped',
      reason: 'another-record-owns-key',
      detail: taker.source,
      settledAt: this.#at,
    });
    this.#issue(row, { outcome: 'skipped', reason: undefined, detail: undefined }, row);
  }

  /**
   * P-67: flows are told of what really changed. Values that are there already may have got there by a request without an
   * answer, which leaves a row without a hash: flows are told then, rather twice than never.
   */
  #announce({ candidate, previous }: Planned, result: Result): void {
    const { policy, run } = candidate;
    if (policy.announcedAs === undefined || result.kind !== 'delivered' || result.record === undefined) return;
    if (result.unchanged && (previous === undefined || previous.hash !== undefined)) return;
    this.#announcements.push({ system: policy.announcedAs, record: result.record, run, at: this.#at });
  }

  #issue(
    previous: RecordRow | undefined,
    now: Pick<Ruling, 'outcome' | 'reason' | 'detail'>,
    about: { readonly sync: string; readonly source: string; readonly run: string },
  ): void {
    const base = { sync: about.sync, source: about.source, run: about.run, at: this.#at };
    const wasOpen = previous !== undefined && isOpen(previous);
    if (now.outcome === 'held' || now.outcome === 'failed') {
      if (
        wasOpen &&
        previous.outcome === now.outcome &&
        previous.reason === now.reason &&
        previous.detail === now.detail
      )
        return;
      const why = {
        ...(now.reason && { reason: now.reason }),
        ...(now.detail !== undefined && { detail: now.detail }),
      };
      this.#issues.push({ ...base, outcome: now.outcome, ...why });
    } else if (wasOpen) {
      this.#issues.push({ ...base, outcome: 'settled' });
    }
  }

  #done({ work }: Candidate): void {
    if (work) this.#work.push({ kind: 'done', sync: work.sync, source: work.source, sequence: work.sequence });
  }

  #again(candidate: Candidate, held: Pick<Extract<Result, { kind: 'held' }>, 'dueAt' | 'countAttempt'>): void {
    const { dueAt, countAttempt } = held;
    const about = { sync: candidate.policy.name, source: candidate.source, run: candidate.run };
    if (candidate.work) this.#work.push({ kind: 'again', ...about, dueAt, countAttempt });
    else this.#enqueue.push({ ...about, urgency: 1, dueAt, cause: 'retry' });
  }
}

function isOpen({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === 'held' || outcome === 'failed';
}

/** The run that holds the record: it counts what becomes of it, whichever run the work names that settles it. */
function heldIn(previous: RecordRow | undefined, { entrance }: Candidate): string | undefined {
  return previous?.outcome === 'held' && previous.run !== '' && entrance === 'live' ? previous.run : undefined;
}

/** The hash that is still true when nothing was applied. */
function heldHash(candidate: Candidate, previous: RecordRow | undefined): string | undefined {
  return previous && previous.key === candidate.key ? previous.hash : undefined;
}

function ruleUpsert({ candidate, previous, createdIn, regained }: Planned, result: Result): Ruling {
  const { key } = candidate;
  if (result.kind === 'delivered') {
    const created = createdIn ?? candidate.run;
    const outcome = created === candidate.run ? 'created' : regained || result.unchanged ? 'unchanged' : 'updated';
    return { outcome, reason: undefined, detail: undefined, key, hash: candidate.hash, createdIn: created };
  }
  const hash = result.maybeApplied ? undefined : heldHash(candidate, previous);
  const { reason, detail } = result;
  return { outcome: reasonTexts[reason].outcome, reason, detail, key, hash, createdIn };
}

function ruleDelete({ previous }: Planned, result: Result): Ruling {
  if (result.kind === 'delivered') {
    const detail = 'forgotten in the target, since the record was deleted';
    return { outcome: 'updated', reason: undefined, detail, key: undefined, hash: undefined, createdIn: undefined };
  }
  const { reason, detail } = result;
  const hash = result.maybeApplied ? undefined : previous?.hash;
  return {
    outcome: reasonTexts[reason].outcome,
    reason,
    detail,
    key: previous?.key,
    hash,
    createdIn: previous?.createdIn,
  };
}
