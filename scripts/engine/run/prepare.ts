import { hash } from 'node:crypto';
import { ValueNotMappableError } from '../../mapping/index.ts';
import type { Candidate, Ticket } from '../plan/index.ts';
import type { Absence, Entrance, LeasedWork, SourceRow } from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';
import type { CompiledSync } from './compiled-sync.ts';
import type { Exclusions } from './options.ts';

const openingBrace = 123;

/** How a record came in, and who counts it. */
export interface Arrival {
  readonly entrance: Entrance;
  readonly run: string;
  readonly liveRun: string;
  /** When its record is taken to have been found: for a full read, when that began. */
  readonly at: number;
  readonly work: LeasedWork | undefined;
  readonly ticket: Ticket | undefined;
  readonly exclusions: Exclusions;
}

/** A record with values: its key compiled, its fields mapped. */
export function prepareRow(sync: CompiledSync, row: SourceRow, arrival: Arrival): Candidate {
  if (arrival.exclusions.has(sync.name, row.id)) {
    return candidate(sync, row, arrival, undefined, '', 'excluded-by-person', undefined, false);
  }
  // It claims no key, so that one of its namesakes that was measured can have it (P-49).
  if (row.empty) return candidate(sync, row, arrival, undefined, '', 'no-values', undefined, false);
  const cell = row.cells[sync.keyIndex] ?? null;
  if (cell === null) return candidate(sync, row, arrival, undefined, '', 'no-key', undefined, false);
  const compiled = sync.target.normaliseKey(sync.targetObject, String(cell));
  if ('reason' in compiled) return candidate(sync, row, arrival, undefined, '', compiled.reason, undefined, false);
  try {
    const json = sync.map(row.cells);
    // Where a record may be made, its key alone is something to write.
    if (json === '{}' && !sync.rules.create) {
      return candidate(sync, row, arrival, undefined, '', 'no-values', undefined, false);
    }
    const refused = sync.door.planned(json);
    if (refused !== undefined) return candidate(sync, row, arrival, compiled.key, '', 'not-allowed', refused, false);
    return candidate(sync, row, arrival, compiled.key, json, undefined, undefined, false);
  } catch (error) {
    if (!(error instanceof ValueNotMappableError)) throw error;
    return candidate(sync, row, arrival, compiled.key, '', 'value-not-mappable', error.message, false);
  }
}

/** What a row would send, and its hash as a record's row keeps it; undefined when it would send nothing. */
export function mapRow(
  sync: CompiledSync,
  row: SourceRow,
): { readonly key: string; readonly json: string; readonly hash: string } | undefined {
  const arrival = {
    entrance: 'bulk',
    run: '',
    liveRun: '',
    at: 0,
    work: undefined,
    ticket: undefined,
  } as const;
  const { key, json, hash: digest, reason } = prepareRow(sync, row, { ...arrival, exclusions: { has: () => false } });
  return key === undefined || reason !== undefined ? undefined : { key, json, hash: digest };
}

/** A record that its source no longer gives (I-X3). */
export function prepareAbsence(
  sync: CompiledSync,
  source: string,
  absence: Absence,
  readAt: number,
  arrival: Arrival,
): Candidate {
  const row: SourceRow = { id: source, version: { own: readAt, parents: 0 }, cells: [] };
  if (arrival.exclusions.has(sync.name, source)) {
    return candidate(sync, row, arrival, undefined, '', 'excluded-by-person', undefined, false);
  }
  const [reason, detail] = reasonOf(absence);
  const forget = absence === 'deleted' && sync.rules.delete === 'forget';
  return candidate(sync, row, arrival, undefined, '', reason, detail, forget);
}

function reasonOf(absence: Absence): readonly [ReasonCode, string | undefined] {
  if (typeof absence === 'object') {
    return 'mergedInto' in absence ? ['merged', absence.mergedInto] : ['converted', absence.convertedTo];
  }
  return absence === 'deleted'
    ? ['deleted-in-source', undefined]
    : absence === 'excluded'
      ? ['not-included', undefined]
      : ['unreadable', undefined];
}

function candidate(
  policy: CompiledSync,
  { id, version }: SourceRow,
  { entrance, run, liveRun, at, work, ticket }: Arrival,
  key: string | undefined,
  json: string,
  reason: ReasonCode | undefined,
  detail: string | undefined,
  forget: boolean,
): Candidate {
  // V8 keeps a text that was put together as the tree of its pieces, each of them alive, until a character of it is read.
  const isRecord = json.charCodeAt(0) === openingBrace;
  const digest = isRecord ? hash('sha1', json, 'base64') : '';
  return {
    policy,
    source: id,
    version,
    entrance,
    run,
    liveRun,
    claimedAt: at,
    key,
    json,
    hash: digest,
    reason,
    detail,
    forget,
    work,
    ticket,
  };
}
