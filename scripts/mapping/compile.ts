import { parsePath, pathProblems, placeOf } from './path.ts';
import { MappingError, ValueNotMappableError, type MappingProblem } from './problem.ts';
import { transformNamed, transforms, type Transform } from './transforms.ts';
import { recordWriter } from './json.ts';
import type { Cell, FieldMapping, MappedValue } from './types.ts';

/**
 * Cells in the order of the read shape → the nested target record, as JSON text: that is what is hashed and sent.
 * Throws `ValueNotMappableError` for a value that cannot be mapped.
 */
export type CompiledMapping = (cells: readonly Cell[]) => string;

interface Leaf {
  readonly kind: 'leaf';
  readonly path: readonly string[];
  readonly index: number;
  readonly source: string;
  readonly transform: Transform | undefined;
  readonly clear: boolean;
}

interface Group {
  readonly kind: 'group';
  readonly name: string;
  readonly nodes: (Leaf | Group)[];
}

/**
 * Compiles mappings once for rows whose cells are `fields`. A blank value (null or empty text) is left out (`keep`)
 * or sent as null (`clear`); a group without values is not sent. The order of names is that of the mappings, so equal
 * records are equal JSON. Throws `MappingError` for a mapping that cannot be compiled.
 */
export function compileMapping(mappings: readonly FieldMapping[], fields: readonly string[]): CompiledMapping {
  const problems: MappingProblem[] = [...pathProblems(mappings)];
  const root: Group = { kind: 'group', name: '', nodes: [] };
  for (const mapping of mappings) {
    const index = fields.indexOf(mapping.source);
    const transform = mapping.transform === undefined ? undefined : transformNamed(mapping.transform);
    if (index < 0)
      problems.push({ place: placeOf(mapping), problem: `"${mapping.source}" is not read`, mend: 'Read it' });
    if (mapping.transform !== undefined && !transform) problems.push(unknownTransform(mapping));
    const segments = parsePath(mapping.target);
    let group = root;
    for (const name of segments.slice(0, -1)) group = groupNamed(group, name);
    group.nodes.push({
      kind: 'leaf',
      path: segments,
      index,
      source: mapping.source,
      transform,
      clear: mapping.blank === 'clear',
    });
  }
  if (problems.length > 0) throw new MappingError(problems);
  const leaves = leavesOf(root);
  return recordWriter(
    leaves.map((leaf) => leaf.path),
    (cells: readonly Cell[], place) => {
      const leaf = leaves[place] as Leaf;
      return mapped(leaf, cells[leaf.index] ?? null);
    },
  );
}

export function unknownTransform(mapping: FieldMapping): MappingProblem {
  return {
    place: placeOf(mapping),
    problem: `There is no transform "${mapping.transform}"`,
    mend: `Use one of ${Object.keys(transforms).join(', ')}`,
  };
}

function groupNamed(parent: Group, name: string): Group {
  for (const node of parent.nodes) if (node.kind === 'group' && node.name === name) return node;
  const group: Group = { kind: 'group', name, nodes: [] };
  parent.nodes.push(group);
  return group;
}

/** Those of a group side by side. */
function leavesOf({ nodes }: Group): readonly Leaf[] {
  return nodes.flatMap((node) => (node.kind === 'leaf' ? [node] : leavesOf(node)));
}

function mapped(leaf: Leaf, cell: Cell): MappedValue | undefined {
  if (cell === null || cell === '') return leaf.clear ? null : undefined;
  if (!leaf.transform) return cell;
  const value = leaf.transform.apply(cell);
  if (value === undefined) throw new ValueNotMappableError(leaf.source, leaf.transform.expected);
  // What a transform makes blank follows the same rule: a blank never wipes a value unless asked (K-31).
  if (value === '') return leaf.clear ? null : undefined;
  return value;
}
