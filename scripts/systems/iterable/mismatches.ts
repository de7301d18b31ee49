import { z } from 'zod';
import type { TargetRecord } from '../../engine/index.ts';
import type { Refusal } from './call.ts';

const errors = z.record(z.string(), z.object({ expectedType: z.string().optional() }));

/** A field that Iterable refused, with the type that the project has for it. */
export interface Mismatch {
  /** Path within the user's data fields. */
  readonly field: string;
  readonly expected: string;
}

/** The fields that a `RequestFieldsTypesMismatched` names; a key may be prefixed `<project>:::`. */
export function mismatches({ params }: Refusal): readonly Mismatch[] {
  const named = errors.safeParse(params['validationErrors']).data ?? {};
  return Object.entries(named).map(([key, { expectedType }]) => ({
    field: key.replace(/^.*:::/, ''),
    expected: expectedType ?? 'another type',
  }));
}

/** In words, without a value. */
export function mismatchDetail(found: readonly Mismatch[]): string {
  if (found.length === 0) return 'A field has another type in the Iterable project.';
  return found.map(({ field, expected }) => `The field ${field} is a ${expected} in the Iterable project.`).join(' ');
}

/**
 * The records whose value of a refused field looks like the culprit's: Iterable judges types, so where one text was
 * refused for a date, the others are too, and asking once for each would hold up everything behind them.
 */
export function alike(
  culprit: TargetRecord,
  others: readonly TargetRecord[],
  found: readonly Mismatch[],
): ReadonlySet<TargetRecord> {
  const looks = found
    .map(({ field }) => ({ field, look: lookOf(culprit, field) }))
    .filter(({ look }) => look !== 'absent');
  return new Set(others.filter((other) => looks.some(({ field, look }) => lookOf(other, field) === look)));
}

const dateText = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2}.*)?$/;

function lookOf({ json }: TargetRecord, field: string): string {
  const { dataFields } = JSON.parse(json) as Record<string, unknown>;
  let value: unknown = dataFields;
  for (const name of field.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
  if (typeof value !== 'string') return Array.isArray(value) ? 'list' : typeof value;
  if (dateText.test(value)) return 'date text';
  return value.trim() !== '' && Number.isFinite(Number(value)) ? 'number text' : 'text';
}
