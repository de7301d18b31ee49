import { objectOfId, readablePaths, readRecord } from './read-record.ts';
import { objectFor } from './world.ts';
import type { UiApiCall, UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { DmlResult, ObjectDefinition, RecordError } from '../core/index.ts';
import { isRecord, readJsonObject, textOf } from '../http/index.ts';
import type { RestAnswer } from '../http/index.ts';

/** What the UI API says above the errors of a record (User Interface API Developer Guide, "Error with Output"). */
const TROUBLE: Readonly<Record<'insert' | 'update' | 'delete', string>> = {
  insert: 'An error occurred while trying to create the record. Please try again.',
  update: 'An error occurred while trying to update the record. Please try again.',
  delete: 'An error occurred while trying to delete the record. Please try again.',
};

function errorJson(object: ObjectDefinition, error: RecordError, field: string | null): Record<string, unknown> {
  return {
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.statusCode,
    field,
    fieldLabel: field === null ? null : (object.fields.get(field)?.label ?? field),
    message: error.message,
  };
}

function failure(
  object: ObjectDefinition,
  operation: keyof typeof TROUBLE,
  errors: readonly RecordError[],
): RestAnswer {
  const fieldErrors: Record<string, unknown[]> = {};
  for (const error of errors)
    for (const field of error.fields) (fieldErrors[field] ??= []).push(errorJson(object, error, field));
  const gone = errors.some(({ statusCode }) => statusCode === 'NOT_FOUND' || statusCode === 'ENTITY_IS_DELETED');
  const status = gone ? 404 : 400;
  const whole = errors.filter(({ fields }) => fields.length === 0).map((error) => errorJson(object, error, null));
  const body = {
    enhancedErrorType: 'RecordError',
    errorCode: errors[0]?.statusCode ?? 'UNKNOWN_EXCEPTION',
    message: TROUBLE[operation],
    output: { errors: whole, fieldErrors },
    statusCode: status,
  };
  return { status, body: [body] };
}

function fieldsOf(call: UiApiCall): Readonly<Record<string, unknown>> {
  const { fields } = readJsonObject(call);
  if (isRecord(fields)) return fields;
  throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must have a member fields with an object');
}

function only(results: readonly DmlResult[]): DmlResult {
  const [result] = results;
  if (!result) throw new Error('the core answered a DML request of one record with no result');
  return result;
}

/** `POST /ui-api/records`: 201 with the record that was made. */
export function answerCreateRecord(world: UiApiWorld, call: UiApiCall): RestAnswer {
  const apiName = textOf(readJsonObject(call)['apiName']);
  const object = objectFor(world, call.session, apiName);
  const request = { operation: 'insert', object: object.name, records: [fieldsOf(call)], allOrNone: true } as const;
  const result = only(call.dml(request));
  if (!result.success || result.id === undefined) return failure(object, 'insert', result.errors);
  return { status: 201, body: readRecord(world, call.session, result.id, readablePaths(object)) };
}

/** `PATCH /ui-api/records/{id}`: 200 with the record as it is now. */
export function answerUpdateRecord(world: UiApiWorld, call: UiApiCall, id: string): RestAnswer {
  const object = objectOfId(world, call.session, id);
  const { Id: _sameRecord, ...values } = fieldsOf(call);
  const records = [{ ...values, Id: id }];
  const result = only(call.dml({ operation: 'update', object: object.name, records, allOrNone: true }));
  if (!result.success) return failure(object, 'update', result.errors);
  return { status: 200, body: readRecord(world, call.session, id, readablePaths(object)) };
}

/** `DELETE /ui-api/records/{id}`: 204. */
export function answerDeleteRecord(world: UiApiWorld, call: UiApiCall, id: string): RestAnswer {
  const object = objectOfId(world, call.session, id);
  const request = { operation: 'delete', object: object.name, records: [{ Id: id }], allOrNone: true } as const;
  const result = only(call.dml(request));
  return result.success ? { status: 204 } : failure(object, 'delete', result.errors);
}
