import type { FieldMapping } from '../../mapping/index.ts';
import type { FieldDescription } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

/**
 * Why the system of a sync does not take a mapping, as words; undefined where it does. The key only tells which record is
 * meant, so no rule is about it. A field that is not known is not judged.
 */
export function ruleProblem(
  { fieldRules, configuration, shape }: Pick<CompiledSync, 'fieldRules' | 'configuration' | 'shape'>,
  mapping: FieldMapping,
  from: FieldDescription | undefined,
  to: FieldDescription | undefined,
): string | undefined {
  const { key } = configuration;
  if (!fieldRules || !from || (mapping.source === key.source && mapping.target === key.target)) return undefined;
  const refusal = fieldRules.refusal(shape.object, from);
  if (refusal !== undefined || !to || mapping.transform !== undefined) return refusal;
  return fieldRules.mismatch(from, to);
}
