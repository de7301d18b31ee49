import { OrgError } from '../../core/index.ts';
import type { DmlRequest, DmlResult, InputRecord } from '../../core/index.ts';
import type { DmlRow, RecordValue } from '../values/index.ts';
import { toJson } from './records.ts';
import { throwApex } from './throw.ts';
import type { Thread } from './thread.ts';

export interface DmlCall {
  readonly operation: DmlRequest['operation'];
  readonly records: readonly RecordValue[];
  readonly allOrNone: boolean;
  readonly mode: 'user' | 'system' | undefined;
  readonly externalIdField?: string;
}

/**
 * Writes records, whatever their objects, and gives inserted ones their IDs. With `allOrNone` the first failure throws
 * DmlException and nothing stays; else each record has its result.
 */
export function performDml(thread: Thread, call: DmlCall): readonly DmlResult[] {
  const { operation, records, allOrNone } = call;
  thread.take('dmlStatements');
  thread.take('dmlRows', records.length);
  checkRecords(thread, call);
  const undo = thread.unit.savepoint();
  const results: DmlResult[] = [];
  for (const group of groupsOf(records)) results.push(...writeGroup(thread, call, group));
  const rows = failures(results, records);
  if (allOrNone && rows.length > 0) {
    undo();
    throwApex(thread, 'DmlException', messageOf(operation, rows), rows);
  }
  results.forEach(({ success, id }, at) => {
    const record = records[at];
    if (!success || record === undefined || id === undefined) return;
    record.values.set('Id', id);
    record.set.clear();
  });
  return results;
}

function checkRecords(thread: Thread, { operation, records }: DmlCall): void {
  records.forEach((record, at) => {
    if (operation === 'insert' && record.id !== null) {
      const row = rowOf(at, record, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
      throwApex(thread, 'DmlException', messageOf(operation, [row]), [row]);
    }
    if (!['insert', 'upsert'].includes(operation) && record.id === null) {
      const row = rowOf(at, record, 'MISSING_ARGUMENT', `Id not specified in an ${operation} call`, []);
      throwApex(thread, 'DmlException', messageOf(operation, [row]), [row]);
    }
  });
}

/** Records of one object that follow each other are written together. */
function groupsOf(records: readonly RecordValue[]): RecordValue[][] {
  const groups: RecordValue[][] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (last?.[0]?.object === record.object) last.push(record);
    else groups.push([record]);
  }
  return groups;
}

function writeGroup(thread: Thread, call: DmlCall, records: readonly RecordValue[]): readonly DmlResult[] {
  const { operation, allOrNone, externalIdField } = call;
  const [first] = records;
  if (first === undefined) return [];
  try {
    return thread.unit.dml(
      {
        operation,
        object: first.object,
        records: records.map((record) => inputOf(record, operation)),
        allOrNone,
        ...(externalIdField === undefined ? {} : { externalIdField }),
      },
      thread.actor(call.mode),
    );
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return refused(thread, error, call, records);
  }
}

/** What user mode refuses as a whole (Apex Developer Guide, "Enforce User Mode for Database Operations"). */
function refused(
  thread: Thread,
  error: OrgError,
  call: DmlCall,
  records: readonly RecordValue[],
): readonly DmlResult[] {
  const object = records[0]?.object ?? '';
  if (error.errorCode === 'INVALID_TYPE') throwApex(thread, 'SecurityException', `Access to entity '${object}' denied`);
  const message = `Operation failed due to fields being inaccessible on Sobject ${object}, check errors on Exception or Result!`;
  const rows = records.map((record, at) =>
    rowOf(at, record, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', error.message, error.fields),
  );
  if (call.allOrNone) throwApex(thread, 'SecurityException', message, rows);
  return records.map(() => ({
    id: undefined,
    success: false,
    errors: [{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: error.fields }],
  }));
}

/** What code has set of a record; deletes say its ID alone. */
function inputOf(record: RecordValue, operation: DmlRequest['operation']): InputRecord {
  const input: Record<string, unknown> = {};
  if (record.id !== null && operation !== 'insert') input['Id'] = record.id;
  if (operation === 'delete' || operation === 'undelete') return input;
  for (const name of record.set) {
    const parent = record.parents.get(name);
    if (parent !== undefined) {
      const key =
        parent === null ? null : Object.fromEntries([...parent.values].map(([field, value]) => [field, toJson(value)]));
      input[name] = key;
    } else if (name !== 'Id') input[name] = toJson(record.values.get(name) ?? null);
  }
  return input;
}

function failures(results: readonly DmlResult[], records: readonly RecordValue[]): readonly DmlRow[] {
  return results.flatMap((result, at) => {
    const [error] = result.errors;
    if (result.success || error === undefined || error.statusCode === 'ALL_OR_NONE_OPERATION_ROLLED_BACK') return [];
    return [rowOf(at, records[at], error.statusCode, error.message, error.fields)];
  });
}

const rowOf = (
  index: number,
  record: RecordValue | undefined,
  statusCode: string,
  message: string,
  fields: readonly string[],
): DmlRow => ({ index, id: record?.id ?? null, statusCode, message, fields });

function messageOf(operation: string, rows: readonly DmlRow[]): string {
  const [first] = rows;
  const verb = operation.charAt(0).toUpperCase() + operation.slice(1);
  const id = first?.id === null || first === undefined ? '' : ` with id ${first.id}`;
  return `${verb} failed. First exception on row ${first?.index ?? 0}${id}; first error: ${first?.statusCode ?? ''}, ${first?.message ?? ''}: [${first?.fields.join(', ') ?? ''}]`;
}
