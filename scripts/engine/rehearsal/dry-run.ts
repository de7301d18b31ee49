import { hash } from 'node:crypto';
import { noCounts, type Counts, type Outcome } from '../outcomes.ts';
import { reasonTexts, sentenceOf, type ReasonCode } from '../reasons/index.ts';
import { Page, type CompiledSync } from '../run/index.ts';
import { differences, type FieldDifference } from './difference.ts';
import { forecastOf, type Forecast } from './forecast.ts';
import { mappingOf } from './mapped.ts';
import { rehearsal, type RehearsalPorts } from './rehearse.ts';

export interface DryRunRequest {
  /** How many records are planned; absent: all. */
  readonly sample?: number;
  /** For how many records the fields are compared with the target's present state. */
  readonly compare: number;
}

export interface DryRunAnswer {
  readonly sync: string;
  /** Records that the source includes, and how many of them were planned. */
  readonly total: number;
  readonly planned: number;
  readonly counts: Counts;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  /** Each reason in words, with how many records have it. */
  readonly reasonRows: readonly {
    readonly code: ReasonCode;
    readonly outcome: Outcome;
    readonly sentence: string;
    readonly nextStep: string;
    readonly records: number;
  }[];
  /** Field by field, for the first records that would be sent. */
  readonly changes: readonly {
    /** ID of the record, in the source. */
    readonly record: string;
    readonly key: string;
    readonly action: 'upsert' | 'delete';
    /** With both ends of the field's mapping, by which the org hides what a reader may not see. */
    readonly fields: readonly (FieldDifference & { readonly source?: string; readonly target?: string })[];
  }[];
  /** What the whole run would take. */
  readonly forecast: Forecast;
}

/**
 * Plans a full read of a sync and writes nothing (N-01). Throws the errors of the source and of the target's `read`.
 * `others`: the syncs at work, which may meet what this one would write.
 */
export async function dryRun(
  sync: CompiledSync,
  request: DryRunRequest,
  ports: RehearsalPorts,
  others: readonly CompiledSync[],
): Promise<DryRunAnswer> {
  const stage = rehearsal(sync, ports, request.compare);
  const total = await sync.source.count(sync.shape);
  const planned = await planAll(stage, request.sample ?? Number.POSITIVE_INFINITY, ports);
  const counts: Record<keyof Counts, number> = { ...noCounts };
  const reasons: Partial<Record<ReasonCode, number>> = {};
  let asked = 0;
  for (const delta of stage.store.deltas) {
    for (const [name, number] of Object.entries(delta.counts) as [keyof Counts, number][]) counts[name] += number;
    for (const [reason, number] of Object.entries(delta.reasons) as [ReasonCode, number][]) {
      reasons[reason] = (reasons[reason] ?? 0) + number;
    }
    asked += delta.lookUpCalls ?? 0;
  }
  const scale = planned === 0 ? 0 : Math.max(1, total / planned);
  const { requests, records, keyBytes } = stage.sent;
  const sent = { requests, records: Math.ceil(records * scale), keyBytes: keyBytes * scale };
  return {
    sync: sync.name,
    total,
    planned,
    counts,
    reasons,
    reasonRows: inWords(reasons),
    changes: await compare(stage),
    forecast: await forecastOf(sync, total, sent, Math.ceil(asked * scale), others),
  };
}

async function planAll(stage: ReturnType<typeof rehearsal>, most: number, { clock }: RehearsalPorts): Promise<number> {
  const { sync, pipeline } = stage;
  const page = new Page();
  const since = clock.now();
  let planned = 0;
  for await (const { chunks } of sync.source.extract(sync.shape, undefined)) {
    for await (const rows of chunks) {
      const taken = rows.slice(0, most - planned);
      planned += taken.length;
      if (taken.length > 0) await pipeline.bulk({ sync, run: 'dry run', since, rows: taken, page });
      if (planned >= most) break;
    }
    if (planned >= most) break;
  }
  page.complete();
  await pipeline.drain(page.done);
  return planned;
}

function inWords(reasons: DryRunAnswer['reasons']): DryRunAnswer['reasonRows'] {
  const rows = (Object.entries(reasons) as [ReasonCode, number][]).map(([code, records]) => {
    const { outcome, nextStep } = reasonTexts[code];
    return { code, outcome, sentence: sentenceOf(code), nextStep, records };
  });
  return rows.filter(({ records }) => records > 0).toSorted((left, right) => right.records - left.records);
}

async function compare({ sync, kept, real, store }: ReturnType<typeof rehearsal>): Promise<DryRunAnswer['changes']> {
  if (kept.length === 0) return [];
  const present = await real.read(
    sync.targetObject,
    kept.map((record) => record.key),
  );
  const holders = store.holders(new Set(kept.map(({ key }) => key)));
  const { mappings } = sync.configuration;
  return kept.flatMap(({ key, action, json }) => {
    const holder = holders.get(key);
    // Another record of a later page took its key over: what it would have sent is not what would be there.
    if (holder?.hash !== hash('sha1', json, 'base64')) return [];
    const changed = action === 'delete' ? [] : differences(present.get(key), JSON.parse(json));
    const fields = changed.map((field) => ({ ...field, ...mappingOf(mappings, field.path) }));
    return [{ record: holder.source, key, action, fields }];
  });
}
