import { parsePath, pathProblems, placeOf } from './path.ts';
import { MappingError, ValueNotMappableError, type MappingProblem } from './problem.ts';
import { transformNamed, transforms, type Transform } from './transforms.ts';
import { jsonOf } from './json.ts';
import type { Cell, FieldMapping, MappedValue } from './types.ts';

/**
 * Cells in the order of the read shape → the nested target record, as JSON text: that is what is hashed and sent.
 * Throws `ValueNotMappableError` for a value that cannot be mapped.
 */
export type CompiledMapping = (cells: readonly Cell[]) => string;

interface Leaf {
  readonly kind: 'leaf';
  /** Its name in the text: quoted, with a colon. */
  readonly token: string;
  readonly index: number;
  readonly source: string;
  readonly transform: Transform | undefined;
  readonly clear: boolean;
}

interface Group {
  readonly kind: 'group';
  readonly name: string;
  readonly token: string;
  readonly nodes: (Leaf | Group)[];
}

/**
 * Compiles mappings once for rows whose cells are `fields`. A blank value (null or empty text) is left out (`keep`)
 * or sent as null (`clear`); a group without values is not sent. The order of names is that of the mappings, so equal
 * records are equal JSON. Throws `MappingError` for a mapping that cannot be compiled.
 */
export function compileMapping(mappings: readonly FieldMapping[], fields: readonly string[]): CompiledMapping {
  const problems: MappingProblem[] = [...pathProblems(mappings)];
  const root: Group = { kind: 'group', name: '', token: '', nodes: [] };
  for (const mapping of mappings) {
    const index = fields.indexOf(mapping.source);
    const transform = mapping.transform === undefined ? undefined : transformNamed(mapping.transform);
    if (index < 0)
      problems.push({ place: placeOf(mapping), problem: `"${mapping.source}" is not read`, mend: 'Read it' });
    if (mapping.transform !== undefined && !transform) problems.push(unknownTransform(mapping));
    const segments = parsePath(mapping.target);
    let group = root;
    for (const name of segments.slice(0, -1)) group = groupNamed(group, name);
    const name = segments.at(-1) ?? '';
    group.nodes.push({
      kind: 'leaf',
      token: tokenOf(name),
      index,
      source: mapping.source,
      transform,
      clear: mapping.blank === 'clear',
    });
  }
  if (problems.length > 0) throw new MappingError(problems);
  return (cells) => `{${inside(root.nodes, cells)}}`;
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
  const group: Group = { kind: 'group', name, token: tokenOf(name), nodes: [] };
  parent.nodes.push(group);
  return group;
}

function tokenOf(name: string): string {
  return `${JSON.stringify(name)}:`;
}

/** What the nodes give, without the braces around it; empty when that is nothing. */
function inside(nodes: readonly (Leaf | Group)[], cells: readonly Cell[]): string {
  let text = '';
  for (const node of nodes) {
    let given: string;
    if (node.kind === 'group') {
      const fields = inside(node.nodes, cells);
      if (fields === '') continue;
      given = `{${fields}}`;
    } else {
      const value = mapped(node, cells[node.index] ?? null);
      if (value === undefined) continue;
      given = jsonOf(value);
    }
    text += text === '' ? node.token + given : `,${node.token}${given}`;
  }
  return text;
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
