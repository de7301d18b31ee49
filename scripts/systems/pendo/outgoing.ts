import type { TargetRecord } from '../../engine/index.ts';
import { typeProblem, type Schema } from './schema.ts';

/** Values of one metadata group, by field name. */
export type Values = Readonly<Record<string, unknown>>;

/** A record on its way to Pendo. */
export interface Outgoing {
  /** Its place in the batch. */
  readonly place: number;
  /** ID of the account or visitor. */
  readonly id: string;
  /** Values by metadata group; a group without values is not there. */
  readonly groups: ReadonlyMap<string, Values>;
}

/**
 * Reads the text that the engine made. The key says which record is meant and is not written.
 * @param keyPath Where the mapping puts the key: `accountId`, or the path of a metadata field.
 */
export function toOutgoing({ json }: TargetRecord, place: number, id: string, keyPath: string): Outgoing {
  const groups = new Map<string, Values>();
  for (const [group, given] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
    if (group === keyPath || typeof given !== 'object' || given === null) continue;
    const values: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) if (`${group}.${name}` !== keyPath) values[name] = value;
    if (Object.keys(values).length > 0) groups.set(group, values);
  }
  return { place, id, groups };
}

/** The first field that Pendo does not have, or does not let be written; undefined when there is none. */
export function unknownField(records: readonly Outgoing[], schema: Schema): string | undefined {
  const passed = new Set<string>();
  for (const path of pathsOf(records)) {
    if (passed.has(path)) continue;
    if (schema.get(path.toLowerCase())?.writable !== true) return path;
    passed.add(path);
  }
  return undefined;
}

/** Each field whose value has another type than Pendo's field (P-34), in words; undefined when all fit. */
export function typeProblems({ groups }: Outgoing, schema: Schema): string | undefined {
  const problems: string[] = [];
  for (const [group, values] of groups) {
    for (const [name, value] of Object.entries(values)) {
      const type = schema.get(`${group}.${name}`.toLowerCase())?.type;
      const problem = type === undefined ? undefined : typeProblem(type, value);
      if (problem !== undefined) problems.push(`${group}.${name} takes ${problem}`);
    }
  }
  return problems.length === 0 ? undefined : problems.join(', ');
}

function* pathsOf(records: readonly Outgoing[]): Generator<string> {
  for (const { groups } of records) {
    for (const [group, values] of groups) for (const name of Object.keys(values)) yield `${group}.${name}`;
  }
}
