import type { MappingProblem } from './problem.ts';
import type { FieldMapping } from './types.ts';

/** Names that reach an object's prototype instead of a field. */
const prototypeNames = new Set(['__proto__', 'prototype', 'constructor']);

/** The segments of a path: `a.b` → `['a', 'b']`. Check it with `pathProblem` first. */
export function parsePath(path: string): readonly string[] {
  return path.split('.');
}

/** Why a path cannot be one; absent when it can. */
export function pathProblem(path: string): { readonly problem: string; readonly mend: string } | undefined {
  const segments = parsePath(path);
  if (segments.some((segment) => segment.trim() === '')) {
    return { problem: `"${path}" has an empty segment`, mend: 'Write names separated by single dots' };
  }
  const reserved = segments.find((segment) => prototypeNames.has(segment));
  return reserved === undefined
    ? undefined
    : { problem: `"${path}" uses the reserved name "${reserved}"`, mend: 'Choose another field' };
}

export function placeOf(mapping: FieldMapping): string {
  return `${mapping.source} → ${mapping.target}`;
}

/** Paths that are malformed, written twice, or both a field and a group of fields (`a` and `a.b`). */
export function pathProblems(mappings: readonly FieldMapping[]): readonly MappingProblem[] {
  const problems: MappingProblem[] = [];
  const leaves = new Map<string, FieldMapping>();
  for (const mapping of mappings) {
    for (const path of [mapping.source, mapping.target]) {
      const problem = pathProblem(path);
      if (problem) problems.push({ place: placeOf(mapping), ...problem });
    }
    const first = leaves.get(mapping.target);
    if (first) {
      problems.push({
        place: placeOf(mapping),
        problem: `"${mapping.target}" is already mapped from "${first.source}"`,
        mend: 'Keep one of the two',
      });
    }
    leaves.set(mapping.target, mapping);
  }
  for (const mapping of mappings) {
    const segments = parsePath(mapping.target);
    for (let length = 1; length < segments.length; length++) {
      const group = segments.slice(0, length).join('.');
      if (leaves.has(group)) {
        problems.push({
          place: placeOf(mapping),
          problem: `"${group}" is mapped as one value and "${mapping.target}" as a field inside it`,
          mend: `Map either "${group}" or the fields inside it`,
        });
      }
    }
  }
  return problems;
}
