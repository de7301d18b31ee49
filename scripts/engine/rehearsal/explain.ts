import { PlumblineError } from '../errors.ts';
import type { Outcome } from '../outcomes.ts';
import type { RecordPage, RecordRow, SourceRow, Store } from '../ports/index.ts';
import { reasonTexts, sentenceOf, type ReasonCode } from '../reasons/index.ts';
import { mapRow, type CompiledSync } from '../run/index.ts';
import { mappedFields, valueAt } from './mapped.ts';
import { rehearseOne } from './one.ts';
import { pageOf } from './page.ts';
import type { RehearsalPorts } from './rehearse.ts';

export interface Explanation {
  readonly sync: string;
  readonly source: string;
  /** What would happen if it were sent now. */
  readonly outcome: Outcome;
  readonly reason?: ReasonCode;
  /** The answer, in plain words, and what to do about it. */
  readonly sentence: string;
  readonly nextStep?: string;
  /** True when a change of it waits to be sent. */
  readonly waiting: boolean;
  /** The record that owns its target key, when it is another. */
  readonly winner?: string;
  /** What happened last. */
  readonly last?: { readonly outcome: Outcome; readonly sentence?: string; readonly at: number; readonly run: string };
  /** When the other system was last known to hold it, milliseconds since 1970. */
  readonly lastSync?: number;
  /** The page of the system's record; absent when it is not there, or its address is not known. */
  readonly link?: RecordPage;
  /** Where each of its values comes from (N-03); absent when the source no longer has the record. */
  readonly fields?: readonly Provenance[];
  /** Why the other system could not be asked what it holds, as a sentence; `replaced` is missing then. */
  readonly unread?: string;
}

export interface Provenance {
  readonly source: string;
  readonly target: string;
  readonly value?: unknown;
  /** Whose value counts: `Salesforce`, or the connection. */
  readonly system: string;
  /** When the very value that the source holds now was written, milliseconds since 1970; absent: it was not yet. */
  readonly writtenAt?: number;
  readonly run?: string;
  /** What the other system holds in its place, and sending would replace; absent when there is nothing else. */
  readonly replaced?: unknown;
}

const sentences: Readonly<Record<'created' | 'updated' | 'unchanged', string>> = {
  created: 'The record would be created in the other system now.',
  updated: 'The record would be updated in the other system now.',
  unchanged: 'The other system holds what this record says.',
};

/**
 * "Why didn't this record sync?" (N-04): reads it, and replays the planner for it, and what the other system holds in
 * the place of its values. Writes nothing; says why when the other system cannot be asked.
 */
export async function explain(
  sync: CompiledSync,
  source: string,
  ports: RehearsalPorts & { readonly store: Pick<Store, 'rows' | 'topClaims' | 'runnersUp' | 'waiting' | 'run'> },
): Promise<Explanation> {
  const last = (await ports.store.rows(sync.name, [source])).get(source);
  const waiting = (await ports.store.waiting(sync.name, [source])).has(source);
  const { row, read } = await rehearseOne(sync, source, ports);
  const key = row.key ?? (read && mapRow(sync, read)?.key);
  const held = await heldBy(sync, key);
  const outward = sync.configuration.direction === 'salesforceToSystem';
  const isThere = outward ? held.record !== undefined || (held.unread !== undefined && last?.hash !== undefined) : read;
  const link = isThere ? pageOf(sync, { source, key }, held.record) : undefined;
  return {
    sync: sync.name,
    source,
    outcome: row.outcome,
    waiting,
    ...(row.reason === undefined
      ? { sentence: row.outcome in sentences ? sentences[row.outcome as keyof typeof sentences] : (row.detail ?? '') }
      : {
          reason: row.reason,
          sentence: sentenceOf(row.reason, row.detail),
          nextStep: reasonTexts[row.reason].nextStep,
        }),
    ...(row.reason === 'another-record-owns-key' && row.detail !== undefined && { winner: row.detail }),
    ...(last && { last: lastOf(last) }),
    ...(last?.hash !== undefined && { lastSync: last.settledAt }),
    ...(link && { link }),
    ...(read && { fields: provenance(sync, read, last, held.record) }),
    ...(held.unread !== undefined && { unread: held.unread }),
  };
}

/** An explanation is asked for most when something is amiss: a system that does not answer is said, and hides no reason. */
async function heldBy(
  { target, targetObject }: CompiledSync,
  key: string | undefined,
): Promise<{ readonly record?: unknown; readonly unread?: string }> {
  if (key === undefined) return {};
  try {
    return { record: (await target.read(targetObject, [key])).get(key) };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return { unread: error.message };
  }
}

function provenance(
  sync: CompiledSync,
  read: SourceRow,
  last: RecordRow | undefined,
  held: unknown,
): readonly Provenance[] {
  const outward = sync.configuration.direction === 'salesforceToSystem';
  const system = outward ? 'Salesforce' : sync.connection;
  const isHeld = last?.hash !== undefined && mapRow(sync, read)?.hash === last.hash;
  return mappedFields(sync, read).map(({ source, target, value, after }) => ({
    ...{ source, target, value, system },
    ...replacedBy(after, valueAt(held, target)),
    ...(isHeld && { writtenAt: last.settledAt, ...(last.run !== '' && { run: last.run }) }),
  }));
}

function replacedBy(after: unknown, held: unknown): Pick<Provenance, 'replaced'> {
  const isKept = after === undefined || held === undefined || held === null;
  return isKept || JSON.stringify(held) === JSON.stringify(after) ? {} : { replaced: held };
}

function lastOf({ outcome, reason, detail, settledAt, run }: RecordRow): NonNullable<Explanation['last']> {
  return { outcome, at: settledAt, run, ...(reason && { sentence: sentenceOf(reason, detail) }) };
}
