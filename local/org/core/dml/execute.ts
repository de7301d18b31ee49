import type { DmlRequest, DmlResult, InputRecord } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { normaliseId } from '../ids/index.ts';
import { rightsOfObject } from '../schema/index.ts';
import type { Entry } from '../storage/index.ts';
import { isDeleted, type Table } from '../storage/index.ts';
import { cannotInsert, checkChange, checkObject, mayCreate } from './access.ts';
import { attempt, errorsOf } from './attempt.ts';
import { asText, entityIsDeleted, invalidCrossReference, malformedId, Problem } from './problem.ts';
import { publishEvent } from './publish.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import { deleteRecord, hardDeleteRecord, undeleteRecord } from './remove.ts';
import { executeTriggered, type Begun, type Hook } from './triggered.ts';
import { rollUp } from './roll-ups.ts';
import { UpsertTargets } from './upsert.ts';
import type { Work } from './work.ts';

type Done = { readonly id: string; readonly created?: boolean; readonly uuid?: string };

/**
 * One DML request inside an open transaction: results in the order of the records. Throws `OrgError` for what refuses
 * the whole request (unknown object or field); the caller then rolls the transaction back.
 */
export function executeRequest(request: Omit<DmlRequest, 'session'>, work: Work): readonly DmlResult[] {
  const table = work.database.table(request.object);
  checkObject(table.definition, work);
  const start = work.transaction.mark();
  const done = executeAll(request, table, work);
  const results = done.map((each) => resultOf(each, request.operation));
  if (!request.allOrNone || !done.some((each) => each instanceof Problem)) {
    rollUp(work);
    return results;
  }
  work.transaction.rollbackTo(start);
  return results.map((result) => (result.success ? rolledBack : result));
}

function executeAll(request: Omit<DmlRequest, 'session'>, table: Table, work: Work): readonly (Done | Problem)[] {
  const { triggers } = work;
  const { definition } = table;
  if (triggers?.has(definition.name) === true && definition.kind !== 'event') {
    const written = executeTriggered(request, hookOf(request, table, work), triggers, table, work);
    return written.map((each) => {
      if (each instanceof Problem) return each;
      const { id } = each.entry;
      return request.operation === 'upsert' ? { id, created: each.operation === 'insert' } : { id };
    });
  }
  const operate = operationOf(request, table, work);
  return request.records.map((record) => attempt(work, () => operate(record)));
}

/** The steps of an operation apart, so that triggers can run between them. */
function hookOf(request: Omit<DmlRequest, 'session'>, table: Table, work: Work): Hook {
  const { operation } = request;
  const writer = work.writerOf(table.definition.name);
  const targets =
    operation === 'upsert' ? new UpsertTargets(table, request.externalIdField ?? 'Id', request.records) : undefined;
  const beginInsert = (record: InputRecord): Begun | Problem => {
    const refused = refuseInsert(table, work);
    if (refused !== undefined) return refused;
    const draft = writer.draft(record, work);
    return draft instanceof Problem ? draft : { operation: 'insert', entry: undefined, draft };
  };
  const beginUpdate = (entry: Entry, record: InputRecord): Begun | Problem => {
    const refused = refuseUpdate(entry, work);
    if (refused !== undefined) return refused;
    const draft = writer.draftUpdate(entry, record, work);
    return draft instanceof Problem ? draft : { operation: 'update', entry, draft };
  };
  return {
    begin(record) {
      if (operation === 'insert') return beginInsert(record);
      if (targets !== undefined) {
        const target = targets.of(record);
        if (target instanceof Problem) return target;
        return target === 'insert'
          ? beginInsert(targets.withKey(record))
          : beginUpdate(target, targets.withoutKey(record));
      }
      const entry = findRecord(table, record);
      if (entry instanceof Problem) return entry;
      if (operation === 'update') return beginUpdate(entry, record);
      const inBin = entry.row !== undefined && isDeleted(entry.row);
      if (inBin && operation === 'delete') return entityIsDeleted();
      const refused = checkChange(entry, 'delete', work);
      if (refused !== undefined) return refused;
      if (operation === 'undelete') return { operation: 'undelete', entry, draft: undefined };
      return { operation: 'delete', entry, draft: undefined, quiet: inBin };
    },
    finish({ operation: begun, entry, draft }) {
      if (entry === undefined) return draft === undefined ? invalidCrossReference() : writer.finishInsert(draft, work);
      if (operation === 'hardDelete') return hardDeleteRecord(entry, work) ?? entry;
      if (begun === 'delete') return deleteRecord(entry, work) ?? entry;
      if (begun === 'undelete') return undeleteRecord(entry, work) ?? entry;
      return draft === undefined ? entry : (writer.finishUpdate(entry, draft, work) ?? entry);
    },
  };
}

function operationOf(
  request: Omit<DmlRequest, 'session'>,
  table: Table,
  work: Work,
): (record: InputRecord) => Done | Problem {
  const { operation, externalIdField } = request;
  const isEvent = table.definition.kind === 'event';
  if (isEvent && operation !== 'insert') {
    throw new OrgError(400, 'INVALID_OPERATION', `entity type ${table.definition.name} does not support ${operation}`);
  }
  switch (operation) {
    case 'insert':
      return isEvent ? (record) => publish(table, record, work) : (record) => insert(table, record, work);
    case 'update':
      return (record) => update(table, record, work);
    case 'upsert': {
      const targets = new UpsertTargets(table, externalIdField ?? 'Id', request.records);
      return (record) => {
        const target = targets.of(record);
        if (target instanceof Problem) return target;
        if (target === 'insert') return insert(table, targets.withKey(record), work, true);
        const problem = updateEntry(target, targets.withoutKey(record), work);
        return problem ?? { id: target.id, created: false };
      };
    }
    case 'delete':
      return (record) => change(table, record, work, (entry) => deleteRecord(entry, work));
    case 'hardDelete':
      return (record) => change(table, record, work, (entry) => hardDeleteRecord(entry, work), true);
    case 'undelete':
      return (record) => change(table, record, work, (entry) => undeleteRecord(entry, work), true);
  }
}

function insert(table: Table, record: InputRecord, work: Work, upserted = false): Done | Problem {
  const refused = refuseInsert(table, work);
  if (refused !== undefined) return refused;
  const entry = work.writerOf(table.definition.name).insert(record, work);
  if (entry instanceof Problem) return entry;
  return upserted ? { id: entry.id, created: true } : { id: entry.id };
}

function refuseInsert({ definition }: Table, work: Work): Problem | undefined {
  const may = rightsOfObject(definition).createable && mayCreate(definition, work);
  return may ? undefined : cannotInsert(definition);
}

function publish(table: Table, record: InputRecord, work: Work): Done | Problem {
  if (!mayCreate(table.definition, work)) return cannotInsert(table.definition);
  const uuid = publishEvent(table, record, work);
  return uuid instanceof Problem ? uuid : { id: `${table.definition.keyPrefix}xx0000000001AAA`, uuid };
}

function update(table: Table, record: InputRecord, work: Work): Done | Problem {
  const entry = findRecord(table, record);
  if (entry instanceof Problem) return entry;
  return updateEntry(entry, record, work) ?? { id: entry.id };
}

function updateEntry(entry: Entry, record: InputRecord, work: Work): Problem | undefined {
  return refuseUpdate(entry, work) ?? work.writerOf(entry.table.definition.name).update(entry, record, work);
}

function refuseUpdate(entry: Entry, work: Work): Problem | undefined {
  const { definition } = entry.table;
  if (entry.row !== undefined && isDeleted(entry.row)) return entityIsDeleted();
  if (!rightsOfObject(definition).updateable) {
    return new Problem('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be updated: ${definition.label}`);
  }
  const denied = checkChange(entry, 'edit', work);
  if (denied !== undefined) return denied;
  return isConvertedLead(entry) ? convertedLead() : undefined;
}

function change(
  table: Table,
  record: InputRecord,
  work: Work,
  act: (entry: Entry) => Problem | undefined,
  inBin = false,
): Done | Problem {
  const entry = findRecord(table, record);
  if (entry instanceof Problem) return entry;
  if (!inBin && entry.row !== undefined && isDeleted(entry.row)) return entityIsDeleted();
  return checkChange(entry, 'delete', work) ?? act(entry) ?? { id: entry.id };
}

/** The record that an input record's Id names. */
function findRecord(table: Table, record: InputRecord): Entry | Problem {
  const given = idOf(record);
  if (given === undefined) return new Problem('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
  const id = typeof given === 'string' ? normaliseId(given.trim()) : undefined;
  if (id === undefined) return malformedId(asText(given), 'Record ID', ['Id']);
  if (!id.startsWith(table.definition.keyPrefix)) return new Problem('MALFORMED_ID', `bad id ${asText(given)}`, ['Id']);
  const entry = table.find(id);
  return entry?.row === undefined ? invalidCrossReference() : entry;
}

function idOf(record: InputRecord): unknown {
  const key = 'Id' in record ? 'Id' : Object.keys(record).find((name) => name.toLowerCase() === 'id');
  const value = key === undefined ? undefined : record[key];
  return value === null || value === '' ? undefined : value;
}

function resultOf(done: Done | Problem, operation: DmlRequest['operation']): DmlResult {
  if (done instanceof Problem) {
    return {
      id: undefined,
      success: false,
      errors: errorsOf(done),
      ...(operation === 'upsert' ? { created: false } : {}),
    };
  }
  const errors = done.uuid === undefined ? [] : [{ statusCode: 'OPERATION_ENQUEUED', message: done.uuid, fields: [] }];
  return { id: done.id, success: true, errors, ...(done.created === undefined ? {} : { created: done.created }) };
}

const rolledBack: DmlResult = {
  id: undefined,
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};
