// `lightning/uiRecordApi`
import { callOrg, OrgRefusal } from './http.ts';
import { createAdapter } from './wire.ts';
import type { Config } from './wire.ts';

type FieldName = string | { readonly objectApiName: string; readonly fieldApiName?: string };

interface FieldValue {
  readonly displayValue: string | null;
  readonly value: unknown;
}

interface RecordValue {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

function nameOf(field: FieldName): string {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName ?? ''}`;
}

function namesIn(value: unknown): string {
  const list = (Array.isArray(value) ? value : value === undefined ? [] : [value]) as readonly FieldName[];
  return list.map(nameOf).join(',');
}

function recordPath(config: Config): string {
  const query = new URLSearchParams();
  for (const name of ['fields', 'optionalFields', 'layoutTypes'] as const) {
    const names = namesIn(config[name]);
    if (names !== '') query.set(name, names);
  }
  return `/ui-api/records/${String(config['recordId'])}?${query}`;
}

const records = createAdapter((config) => callOrg('GET', recordPath(config)), {
  ready: ({ recordId }) => recordId !== undefined && recordId !== null,
});

export const getRecord = records.adapter;

export const getRecordCreateDefaults = createAdapter((config) => {
  const name = config['objectApiName'] as FieldName;
  const object = typeof name === 'string' ? name : name.objectApiName;
  return callOrg('GET', `/ui-api/record-defaults/create/${object}`);
}).adapter;

function fieldAt(record: RecordValue | undefined, field: FieldName): FieldValue | undefined {
  const path = nameOf(field).split('.').slice(1);
  const last = path.pop() ?? '';
  const parent = path.reduce<RecordValue | undefined>(
    (value, name) => value?.fields[name]?.value as RecordValue | undefined,
    record,
  );
  return parent?.fields[last];
}

/** The value of a field, undefined where the record does not have it. */
export function getFieldValue(record: RecordValue | undefined, field: FieldName): unknown {
  return fieldAt(record, field)?.value;
}

export function getFieldDisplayValue(record: RecordValue | undefined, field: FieldName): string | null | undefined {
  return fieldAt(record, field)?.displayValue;
}

/** A record that could not be saved comes as one error with its `output`, not as a list. */
async function save<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  try {
    return await callOrg<Answer>(method, path, body);
  } catch (error) {
    if (!(error instanceof OrgRefusal) || !Array.isArray(error.body)) throw error;
    throw new OrgRefusal(error.status, error.statusText, error.body[0]);
  }
}

async function tell(ids: readonly string[]): Promise<void> {
  await records.refresh(({ recordId }) => ids.includes(String(recordId)));
}

export function createRecord(input: { apiName: string; fields: Record<string, unknown> }): Promise<RecordValue> {
  return save('POST', '/ui-api/records', input);
}

export async function updateRecord(input: { fields: Record<string, unknown> }): Promise<RecordValue> {
  const saved = await save<RecordValue>('PATCH', `/ui-api/records/${String(input.fields['Id'])}`, input);
  await tell([saved.id]);
  return saved;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await save('DELETE', `/ui-api/records/${recordId}`);
}

/** Reads again what is shown of records that Apex has changed. */
export async function notifyRecordUpdateAvailable(items: readonly { readonly recordId: string }[]): Promise<void> {
  await tell(items.map(({ recordId }) => recordId));
}
