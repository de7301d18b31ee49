import { childrenNamed, childText } from '../metadata/index.ts';
import type { XmlElement } from '../metadata/index.ts';
import type { DmlResult, InputRecord, LeadConversion, MergeRequest, RecordError } from '../core/index.ts';

/** What the elements of partner and enterprise calls mean, and how their results are told. */
export function leadConversionOf(element: XmlElement): LeadConversion {
  const text = (name: string): string | undefined => childText(element, name)?.trim() || undefined;
  const optional = (name: 'accountId' | 'contactId' | 'opportunityId' | 'ownerId' | 'opportunityName') => {
    const value = text(name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    leadId: text('leadId') ?? '',
    convertedStatus: text('convertedStatus') ?? '',
    createOpportunity: text('doNotCreateOpportunity') !== 'true',
    overwriteLeadSource: text('overwriteLeadSource') === 'true',
    ...optional('accountId'),
    ...optional('contactId'),
    ...optional('opportunityId'),
    ...optional('ownerId'),
    ...optional('opportunityName'),
  };
}

export function mergeRequestOf(element: XmlElement): MergeRequest {
  const [master] = childrenNamed(element, 'masterRecord');
  const { object, values, id } = recordOf(master);
  return {
    object,
    masterId: id,
    values,
    recordToMergeIds: childrenNamed(element, 'recordToMergeIds').map(({ text }) => text.trim()),
  };
}

export interface SoapRecord {
  readonly object: string;
  readonly id: string;
  /** Without its Id. */
  readonly values: InputRecord;
}

/** An sObject: its type is an element in the partner API, `xsi:type` in the enterprise API. */
export function recordOf(element: XmlElement | undefined): SoapRecord {
  const values: Record<string, unknown> = {};
  let id = '';
  for (const child of element?.children ?? []) {
    if (child.name === 'type') continue;
    if (child.name === 'Id') id ||= child.text.trim();
    else if (child.name === 'fieldsToNull') values[child.text.trim()] = null;
    else values[child.name] = child.children.length > 0 ? recordOf(child).values : child.text;
  }
  const typed = element?.attributes['type'] ?? '';
  const object = (element && childText(element, 'type')?.trim()) ?? typed.slice(typed.indexOf(':') + 1);
  return { object, id, values };
}

export function errorsXml(errors: readonly RecordError[]) {
  return errors.map(({ statusCode, message, fields }) => ({ fields, message, statusCode }));
}

/** A SaveResult, UpsertResult or DeleteResult. */
export function resultXml({ id, success, created, errors }: DmlResult) {
  return { ...(created === undefined ? {} : { created }), errors: errorsXml(errors), id: id ?? null, success };
}
