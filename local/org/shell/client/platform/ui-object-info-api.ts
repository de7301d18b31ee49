// `lightning/uiObjectInfoApi`
import { callOrg } from './http.ts';
import { createAdapter } from './wire.ts';

type ObjectName = string | { readonly objectApiName: string };
type FieldName = string | { readonly objectApiName: string; readonly fieldApiName: string };

function objectOf(name: unknown): string {
  const object = name as ObjectName;
  return typeof object === 'string' ? object : object.objectApiName;
}

export const getObjectInfo = createAdapter(({ objectApiName }) =>
  callOrg('GET', `/ui-api/object-info/${objectOf(objectApiName)}`),
).adapter;

export const getObjectInfos = createAdapter(({ objectApiNames }) =>
  callOrg('GET', `/ui-api/object-info/batch/${(objectApiNames as readonly ObjectName[]).map(objectOf).join(',')}`),
).adapter;

export const getPicklistValues = createAdapter(({ recordTypeId, fieldApiName }) => {
  const field = fieldApiName as FieldName;
  const [object = '', name = ''] =
    typeof field === 'string' ? field.split('.') : [field.objectApiName, field.fieldApiName];
  return callOrg('GET', `/ui-api/object-info/${object}/picklist-values/${String(recordTypeId)}/${name}`);
}).adapter;

export const getPicklistValuesByRecordType = createAdapter(({ objectApiName, recordTypeId }) =>
  callOrg('GET', `/ui-api/object-info/${objectOf(objectApiName)}/picklist-values/${String(recordTypeId)}`),
).adapter;
