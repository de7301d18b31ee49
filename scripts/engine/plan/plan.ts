import type { Outcome } from '../outcomes.ts';
import type { Claim, RecordRow, TargetRecord } from '../ports/index.ts';
import { reasonTexts, type ReasonCode } from '../reasons/index.ts';
import type { Candidate } from './candidate.ts';
import { compareRanks, rankFor, type Rank } from './elect.ts';

/** What is to happen to one candidate. */
export type Verdict =
  | { readonly kind: 'send'; readonly action: TargetRecord['action'] }
  | {
      readonly kind: 'settle';
      readonly outcome: Outcome;
      readonly reason: ReasonCode | undefined;
      readonly detail: string | undefined;
      /** True when the target holds this record's values. */
      readonly delivered: boolean;
    };

export interface Planned {
  readonly candidate: Candidate;
  readonly previous: RecordRow | undefined;
  readonly verdict: Verdict;
  /** The run that created its target key, as far as known: a taker inherits it. */
  readonly createdIn: string | undefined;
  /** Claimants that lost to it in the same chunk: stored together with it, so that no loser names a winner that was lost. */
  readonly losers: readonly Planned[];
  /** The stored row whose key it takes over. */
  readonly displaced: RecordRow | undefined;
  /** The record that a key given up goes to. */
  readonly elected: Claim | undefined;
  /** The target held these very values when the run began; another claimant had the key in between. */
  readonly regained: boolean;
}

/** What the store and the target know about a chunk. All of it was read while the chunk's records and keys were busy. */
export interface Knowledge {
  /** Rows of the chunk's records, by source ID. */
  readonly rows: ReadonlyMap<string, RecordRow>;
  /** The greatest stored claim on each key claimed. */
  readonly tops: ReadonlyMap<string, Claim>;
  /** For keys that records of the chunk give up: the greatest claim of the records outside the chunk. */
  readonly runnersUp: ReadonlyMap<string, Claim>;
  /** Keys that records of the chunk give up. */
  readonly givenUp: ReadonlySet<string>;
  /** Rows behind `tops`, by `claimId`. */
  readonly owners: ReadonlyMap<string, RecordRow>;
  /** By source ID: what the target held from a record before another one took its key over in the candidate's run. */
  readonly lost: ReadonlyMap<string, { readonly key: string; readonly hash: string }>;
  /** Keys that records gave up in the candidates' run → the run that created them. */
  readonly left: ReadonlyMap<string, string>;
  /** Keys that the target has, of those never delivered; asked only where the rule needs it. */
  readonly known: ReadonlySet<string>;
}

const upsert: Verdict = { kind: 'send', action: 'upsert' };
const remove: Verdict = { kind: 'send', action: 'delete' };
/** Nearly every winner is the only claimant: one list serves them all. */
const none: readonly Planned[] = [];

export function claimId(claim: { readonly sync: string; readonly source: string }): string {
  return `${claim.sync}/${claim.source}`;
}

/** What a record that is to be sent sends. */
export function recordOf({ candidate, previous, verdict }: Planned): TargetRecord {
  const deletes = verdict.kind === 'send' && verdict.action === 'delete';
  const key = deletes ? previous?.key : candidate.key;
  if (verdict.kind !== 'send' || key === undefined) {
    throw new Error(`${claimId({ sync: candidate.policy.name, source: candidate.source })} is not to be sent`);
  }
  return { key, action: verdict.action, json: deletes ? '' : candidate.json };
}

/**
 * Plans the records of one chunk, all of one sync: elects one winner for each key and decides what happens to each
 * record. Pure; the order of the records does not matter. Losers of a winner that is sent are inside its `losers`.
 */
export function planChunk(candidates: readonly Candidate[], knowledge: Knowledge): readonly Planned[] {
  // Only to know a stored claim as the chunk's own.
  const inChunk = new Set(knowledge.tops.size === 0 ? [] : candidates.map((candidate) => candidate.source));
  const winners = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { key } = candidate;
    if (key === undefined) continue;
    const rival = winners.get(key);
    if (!rival || compareRanks(rankOf(candidate, knowledge.rows), rankOf(rival, knowledge.rows)) > 0)
      winners.set(key, candidate);
  }
  const planned: Planned[] = [];
  const lost: Candidate[] = [];
  for (const candidate of candidates) {
    const { key } = candidate;
    const outside = key === undefined ? undefined : outsideClaim(key, candidate, inChunk, knowledge);
    const beaten = outside !== undefined && compareRanks(outside, rankOf(candidate, knowledge.rows)) > 0;
    if (key !== undefined && winners.get(key) !== candidate && !beaten && candidate.reason === undefined) {
      lost.push(candidate);
      continue;
    }
    planned.push(planOne(candidate, beaten ? outside : undefined, outside, winners, knowledge));
  }
  if (lost.length === 0) return planned;
  const losers = new Map<string, Planned[]>();
  for (const { verdict, candidate } of planned) {
    if (verdict.kind === 'send' && candidate.key !== undefined) losers.set(candidate.key, []);
  }
  const alone: Planned[] = [];
  for (const candidate of lost) {
    const key = candidate.key as string;
    const winner = winners.get(key) as Candidate;
    (losers.get(key) ?? alone).push(lose(candidate, winner.source, winners, knowledge));
  }
  const together = planned.map((plan) => {
    const others = plan.candidate.key === undefined ? none : (losers.get(plan.candidate.key) ?? none);
    return plan.verdict.kind === 'send' && others.length > 0 ? { ...plan, losers: others } : plan;
  });
  return [...together, ...alone];
}

/** The candidate's place among those who claim its key. */
export function rankOf(candidate: Candidate, rows: Knowledge['rows']): Rank {
  const { policy, version, source } = candidate;
  return {
    precedence: policy.precedence,
    version,
    source,
    rank: rankFor(policy.election, candidate, rows.get(source)),
  };
}

/** The greatest stored claim of a record outside the chunk. A chunk's own stored claims are replaced by its present ones. */
function outsideClaim(
  key: string,
  candidate: Candidate,
  inChunk: ReadonlySet<string>,
  knowledge: Knowledge,
): Claim | undefined {
  const top = knowledge.tops.get(key);
  if (!top) return undefined;
  const own = top.sync === candidate.policy.name && inChunk.has(top.source);
  if (!own) return top;
  // Ranks only grow: the record that holds the top claim still has it, unless it gives the key up.
  return knowledge.givenUp.has(key) ? knowledge.runnersUp.get(key) : undefined;
}

function planOne(
  candidate: Candidate,
  owner: Claim | undefined,
  outside: Claim | undefined,
  winners: ReadonlyMap<string, Candidate>,
  knowledge: Knowledge,
): Planned {
  const { key, reason } = candidate;
  const previous = knowledge.rows.get(candidate.source);
  if (reason !== undefined) return planReason(candidate, reason, winners, knowledge);
  if (owner) return lose(candidate, owner.source, winners, knowledge);
  const createdIn = createdInOf(candidate, previous, knowledge);
  if (key === undefined) throw new Error(`${candidate.policy.name}/${candidate.source} has neither a key nor a reason`);
  if (previous?.key === key && previous.hash === candidate.hash) {
    const outcome = unchanged(candidate, previous);
    const verdict: Verdict = { kind: 'settle', outcome, reason: undefined, detail: undefined, delivered: true };
    return planOf(candidate, verdict, createdIn, winners, knowledge);
  }
  const exists = createdIn !== undefined || knowledge.known.has(key);
  const { create, update } = candidate.policy.rules;
  if (!create && !exists) {
    return planOf(candidate, settledFor('create-not-allowed', undefined), createdIn, winners, knowledge);
  }
  if (!update && exists && createdIn !== candidate.run) {
    return planOf(candidate, settledFor('update-not-allowed', undefined), createdIn, winners, knowledge);
  }
  const displaced = outside && (outside.delivered || outside.outcome !== 'skipped') ? outside : undefined;
  const plan = planOf(candidate, upsert, createdIn ?? (exists ? '' : undefined), winners, knowledge);
  const lost = knowledge.lost.get(candidate.source);
  if (!displaced && !lost) return plan;
  return {
    ...plan,
    displaced: displaced && knowledge.owners.get(claimId(displaced)),
    regained: lost?.key === key && lost.hash === candidate.hash,
  };
}

/** What this run wrote stays written: a second look that finds nothing to do does not turn "created" into "unchanged". */
function unchanged(candidate: Candidate, previous: RecordRow): Outcome {
  const wrote = previous.outcome === 'created' || previous.outcome === 'updated';
  return previous.run === candidate.run && wrote ? previous.outcome : 'unchanged';
}

function planReason(
  candidate: Candidate,
  reason: ReasonCode,
  winners: ReadonlyMap<string, Candidate>,
  knowledge: Knowledge,
): Planned {
  const previous = knowledge.rows.get(candidate.source);
  const created = candidate.key === undefined ? undefined : createdInOf(candidate, previous, knowledge);
  const key = previous?.key;
  if (candidate.forget && key !== undefined && !winners.has(key) && !knowledge.runnersUp.has(key)) {
    const held = previous?.hash !== undefined || previous?.createdIn !== undefined;
    if (held) return planOf(candidate, remove, undefined, winners, knowledge);
  }
  return planOf(candidate, settledFor(reason, candidate.detail), created, winners, knowledge);
}

function lose(
  candidate: Candidate,
  winner: string,
  winners: ReadonlyMap<string, Candidate>,
  knowledge: Knowledge,
): Planned {
  const createdIn = createdInOf(candidate, knowledge.rows.get(candidate.source), knowledge);
  return planOf(candidate, settledFor('another-record-owns-key', winner), createdIn, winners, knowledge);
}

function settledFor(reason: ReasonCode, detail: string | undefined): Verdict {
  return { kind: 'settle', outcome: reasonTexts[reason].outcome, reason, detail, delivered: false };
}

function createdInOf(candidate: Candidate, previous: RecordRow | undefined, knowledge: Knowledge): string | undefined {
  const top = candidate.key === undefined ? undefined : knowledge.tops.get(candidate.key);
  const own = previous?.key === candidate.key ? previous?.createdIn : undefined;
  return top?.createdIn ?? own ?? (candidate.key === undefined ? undefined : knowledge.left.get(candidate.key));
}

function planOf(
  candidate: Candidate,
  verdict: Verdict,
  createdIn: string | undefined,
  winners: ReadonlyMap<string, Candidate>,
  knowledge: Knowledge,
): Planned {
  const previous = knowledge.rows.get(candidate.source);
  const elected = previous ? electedBy(candidate, previous, winners, knowledge) : undefined;
  return { candidate, previous, verdict, createdIn, losers: none, displaced: undefined, elected, regained: false };
}

/** True when the candidate no longer claims the key of its row. What cannot be read keeps its key. */
export function givesUp(candidate: Candidate, previous: RecordRow): boolean {
  return previous.key !== undefined && previous.key !== candidate.key && candidate.reason !== 'unreadable';
}

/** Who gets the key that the candidate gives up: the runner-up, unless another record of the chunk takes it. */
function electedBy(
  candidate: Candidate,
  previous: RecordRow,
  winners: ReadonlyMap<string, Candidate>,
  knowledge: Knowledge,
): Claim | undefined {
  const { key } = previous;
  if (key === undefined || !givesUp(candidate, previous)) return undefined;
  const runnerUp = knowledge.runnersUp.get(key);
  if (!runnerUp || runnerUp.delivered || compareRanks(previous, runnerUp) < 0) return undefined;
  const taker = winners.get(key);
  return taker && compareRanks(rankOf(taker, knowledge.rows), runnerUp) > 0 ? undefined : runnerUp;
}
