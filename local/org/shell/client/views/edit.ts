import { element, notice } from '../dom.ts';
import { callOrg, OrgRefusal } from '../platform/http.ts';
import { openUrl } from '../platform/page-reference.ts';
import { createRecord, updateRecord } from '../platform/ui-record-api.ts';
import { makeField } from './field.ts';
import type { EditField, PicklistValues } from './field.ts';
import { itemsOf, layoutSections, objectInfo } from './object-info.ts';
import type { ObjectInfo } from './object-info.ts';
import type { RecordValue } from './values.ts';
import type { View } from './view.ts';

interface SaveError {
  readonly message: string;
  readonly output?: {
    readonly errors: readonly { readonly message: string }[];
    readonly fieldErrors: Readonly<Record<string, readonly { readonly message: string }[]>>;
  };
}

function isNamed(info: ObjectInfo, name: string): boolean {
  // A person's name is saved by its parts.
  return info.nameFields.includes(name) && 'LastName' in info.fields;
}

/** The fields of a layout that can be saved, in its order; a compound name by its parts. */
async function editFields(info: ObjectInfo, recordId: string | undefined): Promise<readonly string[]> {
  const sections = await layoutSections(info.apiName);
  const names = sections.flatMap(itemsOf).flatMap((item) => {
    const name = item.layoutComponents[0]?.apiName ?? '';
    if (isNamed(info, name)) return ['FirstName', 'LastName'];
    return (recordId === undefined ? item.editableForNew : item.editableForUpdate) ? [name] : [];
  });
  const skipped = new Set(['Reference', 'Address', 'Location', 'Base64']);
  return [...new Set(names)].filter((name) => {
    const field = info.fields[name];
    // A new record needs its parents; one that is there keeps them.
    return field && (!skipped.has(field.dataType) || (recordId === undefined && field.required));
  });
}

function picklists(info: ObjectInfo): Promise<PicklistValues> {
  return callOrg('GET', `/ui-api/object-info/${info.apiName}/picklist-values/${info.defaultRecordTypeId}`);
}

function tell(form: HTMLElement, summary: HTMLElement, fields: ReadonlyMap<string, EditField>, error: unknown): void {
  const body = error instanceof OrgRefusal ? (error.body as SaveError) : undefined;
  const elsewhere = Object.entries(body?.output?.fieldErrors ?? {}).flatMap(([name, errors]) => {
    const message = errors.map((each) => each.message).join(' ');
    const field = fields.get(name);
    field?.refuse(message);
    return field ? [] : [`${name}: ${message}`];
  });
  const whole = body?.output?.errors.map(({ message }) => message) ?? [];
  const fallback = error instanceof Error ? error.message : String(error);
  const lines = body?.output ? [...whole, ...elsewhere] : [fallback];
  summary.replaceChildren(
    notice('error', lines.length > 0 ? lines.join(' ') : 'Review the errors on the fields below.'),
  );
  form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}

async function edit(objectName: string, recordId: string | undefined): Promise<Node> {
  const info = await objectInfo(objectName);
  const [names, values] = await Promise.all([editFields(info, recordId), picklists(info)]);
  const before =
    recordId === undefined
      ? (await callOrg<{ record: RecordValue }>('GET', `/ui-api/record-defaults/create/${objectName}`)).record
      : await callOrg<RecordValue>(
          'GET',
          `/ui-api/records/${recordId}?optionalFields=${names.map((name) => `${objectName}.${name}`).join(',')}`,
        );
  const fields = new Map<string, EditField>();
  for (const name of names) {
    const field = info.fields[name];
    if (field) fields.set(name, makeField(field, before.fields[name]?.value ?? null, values));
  }
  const summary = element('div', {});
  const back =
    recordId === undefined ? `/lightning/o/${objectName}/list` : `/lightning/r/${objectName}/${recordId}/view`;
  const save = async (): Promise<void> => {
    summary.replaceChildren();
    for (const field of fields.values()) field.refuse(undefined);
    const changed = [...fields].filter(([, field]) => recordId === undefined || field.isChanged());
    const record = Object.fromEntries(changed.map(([name, field]) => [name, field.value()]));
    try {
      const saved =
        recordId === undefined
          ? await createRecord({ apiName: objectName, fields: record })
          : await updateRecord({ fields: { ...record, Id: recordId } });
      openUrl(`/lightning/r/${objectName}/${saved.id}/view`);
    } catch (error) {
      tell(form, summary, fields, error);
    }
  };
  const form = element(
    'form',
    {
      class: 'slds-card slds-p-around_medium',
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        void save();
      },
    },
    element(
      'h1',
      { class: 'slds-text-heading_medium slds-m-bottom_medium' },
      `${recordId === undefined ? 'New' : 'Edit'} ${info.label}`,
    ),
    summary,
    element('div', { class: 'org-fields' }, ...[...fields.values()].map(({ root }) => root)),
    element(
      'div',
      { class: 'slds-m-top_medium slds-button-group' },
      element('a', { class: 'slds-button slds-button_neutral', href: back }, 'Cancel'),
      element('button', { class: 'slds-button slds-button_brand', type: 'submit' }, 'Save'),
    ),
  );
  return form;
}

export function newView(objectName: string): View {
  return { title: 'New record', tab: undefined, content: edit(objectName, undefined) };
}

export function editView(recordId: string): View {
  const content = callOrg<{ objectApiName: string }>('GET', `/record-page?recordId=${recordId}`).then(
    ({ objectApiName }) => edit(objectApiName, recordId),
  );
  return { title: 'Edit', tab: undefined, content };
}
