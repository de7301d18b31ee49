import { Decimal, type RecordValue } from '../values/index.ts';
import type { Thread } from './thread.ts';

/**
 * Gives the numbers of aggregate rows their types: sums and averages are Decimals, counts Integers, the rest as their
 * field is.
 */
export function typeOfAggregates(thread: Thread, soql: string, records: readonly RecordValue[]): void {
  const [, select = '', from = ''] = /^\s*select\s+([\s\S]+?)\s+from\s+(\w+)/i.exec(soql) ?? [];
  const object = thread.host.org.schema.object(from);
  let unnamed = 0;
  for (const item of select.split(/,(?![^(]*\))/)) {
    const match = /^\s*(?:(\w+)\s*\(\s*([\w.]*)\s*\)|([\w.]+))(?:\s+(\w+))?\s*$/.exec(item);
    if (match === null) continue;
    const [, call, argument = '', field, alias] = match;
    const name = alias ?? (call === undefined ? (field?.split('.').at(-1) ?? '') : `expr${unnamed++}`);
    const source = [...(object?.fields.values() ?? [])].find(
      (each) => each.name.toLowerCase() === argument.toLowerCase(),
    );
    const isDecimal =
      call !== undefined &&
      (/^(sum|avg)$/i.test(call) ||
        (/^(min|max)$/i.test(call) && source !== undefined && ['double', 'currency', 'percent'].includes(source.type)));
    if (!isDecimal) continue;
    for (const record of records) {
      const value = record.values.get(name);
      if (typeof value === 'number') record.values.set(name, Decimal.of(value));
    }
  }
}
