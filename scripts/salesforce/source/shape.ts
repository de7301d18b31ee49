import { RetryError, type Cell, type ReadShape, type SourceRow } from '../../engine/index.ts';
import type { Describer } from '../describe.ts';
import type { QueryRow } from '../query.ts';
import { filter } from '../soql.ts';

/** A read shape resolved against the org: what to select, and how a row of either door becomes a source row. */
export interface PreparedShape {
  /** As the org spells it. */
  readonly object: string;
  /** To select, in order, each once: `Id`, `SystemModstamp`, the shape's fields, the stamps of their parents. */
  readonly columns: readonly string[];
  /** The shape's filter as a condition; absent for `all`. */
  readonly include: string | undefined;
  /** A row of a Bulk result, in the order of `columns`. */
  fromText(values: readonly string[]): SourceRow;
  /** A row of the query call. */
  fromJson(row: QueryRow): SourceRow;
}

type Kind = 'text' | 'number' | 'boolean' | 'datetime';

const kinds: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  datetime: 'datetime',
};

/** Throws `SettingsError` naming the field that the org does not have or does not show. */
export async function prepareShape(describer: Describer, shape: ReadShape): Promise<PreparedShape> {
  const { name: object } = await describer.object(shape.object);
  const { fields, parentStamps } = await describer.paths(object, ['Id', 'SystemModstamp', ...shape.fields]);
  const kindOf = new Map<string, Kind>(parentStamps.map((path) => [path, 'datetime']));
  for (const { path, field } of fields) kindOf.set(path, kinds[field.type] ?? 'text');
  const columns = [...new Set([...fields.map(({ path }) => path), ...parentStamps])];
  const columnKinds = columns.map((column) => kindOf.get(column) ?? 'text');
  const cellColumns = fields.slice(2).map(({ path }) => columns.indexOf(path));
  const stampColumns = parentStamps.map((path) => columns.indexOf(path));
  const steps = columns.map((column) => column.split('.'));
  const stampOf = columns.map(() => stampReader());

  function stampAt(column: number, text: string): number {
    return stampOf[column]?.(text) ?? Number.NaN;
  }

  // Neighbours were often saved at once: what they share is made once, and thousands wait at a time to be sent.
  let version: SourceRow['version'] = { own: Number.NaN, parents: Number.NaN };

  function toRow(values: readonly string[], cells: readonly Cell[]): SourceRow {
    let parents = 0;
    for (const column of stampColumns) parents += values[column] ? stampAt(column, values[column]) : 0;
    const own = stampAt(1, values[1] ?? '');
    if (!values[0] || Number.isNaN(own) || Number.isNaN(parents)) {
      throw new RetryError(`A row of ${object} came without its ID or with a stamp that is no time.`, []);
    }
    if (own !== version.own || parents !== version.parents) version = { own, parents };
    return { id: values[0], version, cells };
  }

  return {
    object,
    columns,
    include: filter(shape.include),
    fromText(values) {
      const cells = new Array<Cell>(cellColumns.length);
      for (let index = 0; index < cells.length; index += 1) {
        const column = cellColumns[index] ?? 0;
        cells[index] = cellOfText(values[column] ?? '', columnKinds[column] ?? 'text');
      }
      return toRow(values, cells);
    },
    fromJson(row) {
      const found = steps.map((path, column) => cellOfJson(follow(row, path), columnKinds[column] ?? 'text'));
      return toRow(
        found.map((value) => (typeof value === 'string' ? value : '')),
        cellColumns.map((column) => found[column] ?? null),
      );
    },
  };
}

/** Reads stamps one after the other: neighbours were often saved at once, and most rows have the parents of the last. */
function stampReader(): (text: string) => number {
  let lastText = '';
  let last = Number.NaN;
  return (text) => {
    if (text !== lastText) [lastText, last] = [text, Date.parse(text)];
    return last;
  };
}

function cellOfText(value: string, kind: Kind): Cell {
  if (value === '') return null;
  if (kind === 'text') return value;
  if (kind === 'number') return Number(value);
  return kind === 'boolean' ? value === 'true' : utc(value);
}

function cellOfJson(value: unknown, kind: Kind): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return kind === 'datetime' ? utc(value) : value;
  throw new RetryError('A field came as an object where a value was asked for.', []);
}

function follow(row: QueryRow, path: readonly string[]): unknown {
  let here: unknown = row;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return null;
    here = (here as QueryRow)[step];
  }
  return here;
}

/** The query call writes `…000+0000` where Bulk writes `…000Z`: the same value must have one text. */
function utc(value: string): string {
  return value.endsWith('+0000') ? `${value.slice(0, -5)}Z` : value;
}
