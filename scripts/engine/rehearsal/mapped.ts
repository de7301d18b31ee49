import { compileMapping, ValueNotMappableError, type FieldMapping } from '../../mapping/index.ts';
import type { SourceRow } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

/** Both ends of one field mapping for one record. */
export interface MappedField {
  readonly source: string;
  readonly target: string;
  /** The source's value, as it is read. */
  readonly value: unknown;
  /** What would be sent; undefined when nothing would. */
  readonly after: unknown;
  /** Why the value cannot be sent. */
  readonly problem?: string;
}

/** Maps each field of a record alone, so that one that cannot be mapped hides no other. */
export function mappedFields({ configuration, shape, door }: CompiledSync, row: SourceRow): readonly MappedField[] {
  return configuration.mappings.map((mapping) => {
    const { source, target } = mapping;
    const field = { source, target, value: row.cells[shape.fields.indexOf(source)] ?? undefined };
    try {
      const json = compileMapping([mapping], shape.fields)(row.cells);
      const refused = door.planned(json);
      const after = valueAt(JSON.parse(json), target);
      return { ...field, after, ...(refused !== undefined && { problem: `${refused} may not be written` }) };
    } catch (error) {
      if (!(error instanceof ValueNotMappableError)) throw error;
      return { ...field, after: undefined, problem: error.message };
    }
  });
}

/** The value at a path of nested objects, names parted by dots; undefined where there is none. */
export function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** Both ends of the mapping that writes a target path; empty where none does. */
export function mappingOf(
  mappings: readonly FieldMapping[],
  path: string,
): { readonly source?: string; readonly target?: string } {
  const mapping = mappings.find(({ target }) => target === path);
  return mapping ? { source: mapping.source, target: mapping.target } : {};
}
