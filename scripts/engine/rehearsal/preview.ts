import type { Outcome } from '../outcomes.ts';
import { reasonTexts, sentenceOf } from '../reasons/index.ts';
import { mapRow, type CompiledSync } from '../run/index.ts';
import { mappedFields, valueAt } from './mapped.ts';
import { rehearseOne } from './one.ts';
import type { RehearsalPorts } from './rehearse.ts';

export interface Preview {
  /** ID of the record, in the source. */
  readonly record: string;
  readonly key?: string;
  readonly action: 'create' | 'update' | 'unchanged' | 'skip' | 'hold' | 'fail';
  readonly sentence?: string;
  readonly nextStep?: string;
  /** Every mapped field; an absent value is an empty one. */
  readonly fields: readonly {
    readonly source: string;
    readonly target: string;
    readonly before?: unknown;
    readonly after?: unknown;
    readonly changed: boolean;
    readonly problem?: string;
  }[];
}

const stays = { skipped: 'skip', held: 'hold', failed: 'fail' } as const;

/**
 * What sending one record would change, field by field, against what the target holds now (P-46). Writes nothing. Throws
 * the errors of the source and of the target's `read`.
 */
export async function preview(sync: CompiledSync, source: string, ports: RehearsalPorts): Promise<Preview> {
  const { row, read } = await rehearseOne(sync, source, ports);
  const key = row.key ?? (read && mapRow(sync, read)?.key);
  const present = key === undefined ? undefined : (await sync.target.read(sync.targetObject, [key])).get(key);
  const fields = (read ? mappedFields(sync, read) : []).map(({ source: from, target, after, problem }) => {
    const before = valueAt(present, target);
    const changed = after !== undefined && JSON.stringify(before) !== JSON.stringify(after);
    return { source: from, target, before, after, changed, ...(problem !== undefined && { problem }) };
  });
  const { reason, detail, outcome } = row;
  return {
    record: source,
    ...(key !== undefined && { key }),
    action: actionOf(
      outcome,
      present !== undefined,
      fields.some(({ changed }) => changed),
    ),
    ...(reason && { sentence: sentenceOf(reason, detail), nextStep: reasonTexts[reason].nextStep }),
    fields,
  };
}

/** The store may not know yet what the target holds: the target itself decides between creating and updating. */
function actionOf(outcome: Outcome, present: boolean, changed: boolean): Preview['action'] {
  if (outcome === 'skipped' || outcome === 'held' || outcome === 'failed') return stays[outcome];
  if (!present) return 'create';
  return changed ? 'update' : 'unchanged';
}
