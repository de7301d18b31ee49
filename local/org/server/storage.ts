import { refusing } from './refusing.ts';
import type { InputRecord, Org, RecordError } from '../core/index.ts';
import type { CallDml } from '../http/index.ts';

/** Source: Salesforce Help, "Data and File Storage Allocations": most records take 2 KB, whatever is in them. */
const RECORD_KILOBYTES = 2;

const FULL: RecordError = { statusCode: 'STORAGE_LIMIT_EXCEEDED', message: 'storage limit exceeded', fields: [] };

/** The data storage of an org. */
export interface DataStorage {
  limitMegabytes: number;
  readonly usedMegabytes: number;
  /** DML that makes no record once the storage is full. */
  guard(dml: CallDml): CallDml;
}

export function createDataStorage(org: Org, limitMegabytes: number): DataStorage {
  const usedMegabytes = (): number => Math.floor((org.storedRecords() * RECORD_KILOBYTES) / 1024);
  return {
    limitMegabytes,
    get usedMegabytes() {
      return usedMegabytes();
    },
    guard(dml) {
      return refusing(dml, ({ operation, object, records, externalIdField }) => {
        if (operation !== 'insert' && operation !== 'upsert') return undefined;
        if (usedMegabytes() < this.limitMegabytes) return undefined;
        if (operation === 'insert') return records.map(() => FULL);
        const field = externalIdField ?? 'Id';
        const values = records.map((record) => valueOf(record, field));
        const known = knownValues(org, object, field, values);
        return values.map((value) => (known.has(value.toLowerCase()) ? undefined : FULL));
      });
    },
  };
}

/** Which of these values records have already: an upsert of them makes none. */
function knownValues(org: Org, object: string, field: string, values: readonly string[]): ReadonlySet<string> {
  const session = { userId: org.adminUserId, token: '', origin: '' };
  const apex = { bind: () => values, mode: 'system', sharing: false } as const;
  const query = org.prepare(`SELECT ${field} FROM ${object} WHERE ${field} IN :values`, session, { apex });
  return new Set(
    query.run().rows.flatMap((row) => {
      const [value] = row.values.values();
      return typeof value === 'string' || typeof value === 'number' ? [String(value).toLowerCase()] : [];
    }),
  );
}

/** Field names come in any case. */
function valueOf(record: InputRecord, field: string): string {
  const name = Object.keys(record).find((key) => key.toLowerCase() === field.toLowerCase());
  const value = name === undefined ? undefined : record[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
