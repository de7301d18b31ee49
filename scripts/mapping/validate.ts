import { unknownTransform } from './compile.ts';
import { fits, kindOf } from './kinds.ts';
import { pathProblems, placeOf } from './path.ts';
import type { MappingProblem } from './problem.ts';
import { transformNamed, transforms, type Transform } from './transforms.ts';
import type { FieldMapping } from './types.ts';

/** What a system says about one of its fields, as far as a mapping depends on it. */
export interface DescribedField {
  readonly type: string;
  readonly readable: boolean;
  readonly writable: boolean;
}

export interface DescribedObject {
  readonly object: string;
  readonly fields: ReadonlyMap<string, DescribedField>;
}

/**
 * Checks a mapping against both sides before it goes live: paths, rights and types. An empty list means that it can.
 * A target field that its system does not know yet is no problem: systems with free fields make it on the first write.
 */
export function validateMapping(
  mappings: readonly FieldMapping[],
  source: DescribedObject,
  target: DescribedObject,
): readonly MappingProblem[] {
  const problems: MappingProblem[] = [...pathProblems(mappings)];
  if (mappings.length === 0) {
    problems.push({
      place: `${source.object} → ${target.object}`,
      problem: 'No field is mapped',
      mend: 'Map at least one',
    });
  }
  for (const mapping of mappings) problems.push(...fieldProblems(mapping, source, target));
  return problems;
}

function fieldProblems(
  mapping: FieldMapping,
  source: DescribedObject,
  target: DescribedObject,
): readonly MappingProblem[] {
  const place = placeOf(mapping);
  const from = source.fields.get(mapping.source);
  if (!from) {
    const mend = 'Check its API name, and that the integration user may read it';
    return [{ place, problem: `${source.object} has no field "${mapping.source}" that is visible here`, mend }];
  }
  const problems: MappingProblem[] = [];
  if (!from.readable) {
    const mend = `Give the integration user read access to ${source.object}.${mapping.source}`;
    problems.push({ place, problem: `"${mapping.source}" cannot be read`, mend });
  }
  const to = target.fields.get(mapping.target);
  if (to && !to.writable) {
    problems.push({ place, problem: `"${mapping.target}" cannot be written`, mend: 'Choose a field that can' });
  }
  const transform = mapping.transform === undefined ? undefined : transformNamed(mapping.transform);
  if (mapping.transform !== undefined && !transform) return [...problems, unknownTransform(mapping)];
  const sourceKind = kindOf(from.type);
  if (transform && sourceKind !== 'unknown' && !transform.takes.includes(sourceKind)) {
    const problem = `"${mapping.transform}" takes ${transform.takes.join(' or ')}, but "${mapping.source}" is a ${from.type}`;
    problems.push({ place, problem, mend: 'Choose another transform, or none' });
  }
  const given = transform?.gives ?? sourceKind;
  if (to && !fits(given, kindOf(to.type))) {
    const able = Object.entries<Transform>(transforms).filter(
      ([, each]) => each.takes.includes(sourceKind) && fits(each.gives, kindOf(to.type)),
    );
    const mend = able.length > 0 ? `Use the transform ${able.map(([name]) => name).join(' or ')}` : 'Map another field';
    problems.push({ place, problem: `"${mapping.target}" is a ${to.type} and would get a ${given}`, mend });
  }
  return problems;
}
