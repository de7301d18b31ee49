import { beginComponents } from '../components.ts';
import { card, element, loading, notice, objectIcon } from '../dom.ts';
import { callOrg } from '../platform/http.ts';
import { openUrl } from '../platform/page-reference.ts';
import { deleteRecord } from '../platform/ui-record-api.ts';
import { itemsOf, layoutSections, objectInfo } from './object-info.ts';
import type { ObjectInfo, Section } from './object-info.ts';
import { layoutNode } from './page.ts';
import type { MakeStandard, PageLayout } from './page.ts';
import { shownText } from './values.ts';
import type { RecordValue } from './values.ts';
import type { View } from './view.ts';

interface RecordPage {
  readonly objectApiName: string;
  readonly icon: string;
  readonly page: PageLayout | null;
}

interface RelatedLists {
  readonly relatedLists: readonly {
    readonly label: string;
    readonly relatedListId: string;
    readonly objectApiNames: readonly string[];
    readonly displayColumns: readonly { readonly fieldApiName: string; readonly label: string }[];
  }[];
}

/** A lookup is shown by the name of its parent, which is asked for beside it. */
function pathsOf(info: ObjectInfo, fields: readonly string[]): readonly string[] {
  return fields.flatMap((name) => {
    const field = info.fields[name];
    const parentName = field?.referenceToInfos[0]?.nameFields[0];
    const parent = field?.relationshipName && parentName ? [`${field.relationshipName}.${parentName}`] : [];
    return [name, ...parent].map((path) => `${info.apiName}.${path}`);
  });
}

function shownField(info: ObjectInfo, record: RecordValue, name: string): Node | string {
  const field = info.fields[name];
  const text = shownText(record, name);
  const parent = field?.relationshipName === null ? undefined : record.fields[field?.relationshipName ?? ''];
  if (parent?.displayValue && typeof parent.value === 'object' && parent.value !== null) {
    const url = `/lightning/r/${parent.value.apiName}/${parent.value.id}/view`;
    return element('a', { href: url }, parent.displayValue);
  }
  // Records of the package name the record that they are about by its ID.
  if (name === 'Record_Id__c' && text !== '') return element('a', { href: `/lightning/r/${text}/view` }, text);
  if (field?.dataType === 'Email' && text !== '') return element('a', { href: `mailto:${text}` }, text);
  return text === '' ? '—' : text;
}

function details(info: ObjectInfo, record: RecordValue, sections: readonly Section[]): HTMLElement {
  const parts = sections.map((section) => {
    const items = itemsOf(section).map(({ label, layoutComponents }) => {
      const name = layoutComponents[0]?.apiName ?? '';
      return element(
        'div',
        { class: 'org-field' },
        element('dt', { class: 'slds-text-color_weak' }, label),
        element('dd', { 'data-field': name }, shownField(info, record, name)),
      );
    });
    return element(
      'section',
      {},
      element('h3', { class: 'slds-section-title_divider slds-m-bottom_small' }, section.heading),
      element('dl', { class: 'org-fields' }, ...items),
    );
  });
  return card('Details', ...parts);
}

async function related(info: ObjectInfo, recordId: string): Promise<readonly Node[]> {
  const { relatedLists } = await callOrg<RelatedLists>('GET', `/ui-api/related-list-info/${info.apiName}`);
  return Promise.all(
    relatedLists.map(async ({ label, relatedListId, objectApiNames, displayColumns }) => {
      const path = `/ui-api/related-list-records/${recordId}/${relatedListId}`;
      const { records, nextPageToken } = await callOrg<{
        records: readonly RecordValue[];
        nextPageToken: string | null;
      }>('GET', path);
      const rows = records.map((record) => {
        const [first, ...rest] = displayColumns.map(({ fieldApiName }) => shownText(record, fieldApiName));
        const url = `/lightning/r/${objectApiNames[0]}/${record.id}/view`;
        return element(
          'li',
          {},
          element('a', { href: url }, first || record.id),
          ` ${rest.filter(Boolean).join(' · ')}`,
        );
      });
      const content = rows.length > 0 ? element('ul', { class: 'slds-list_dotted' }, ...rows) : 'None yet.';
      return card(`${label} (${records.length}${nextPageToken === null ? '' : '+'})`, content);
    }),
  );
}

/** The related lists, which come by and by: nobody waits for them to see the record. */
function relatedCards(info: ObjectInfo, recordId: string): HTMLElement {
  const root = element('div', { class: 'org-stack' }, loading());
  related(info, recordId).then(
    (cards) => root.replaceChildren(...cards),
    (error: unknown) => root.replaceChildren(notice('error', error instanceof Error ? error.message : String(error))),
  );
  return root;
}

function header(info: ObjectInfo, record: RecordValue, icon: string): HTMLElement {
  const name = info.nameFields.map((field) => shownText(record, field)).join(' ') || record.id;
  const remove = async (): Promise<void> => {
    if (!confirm(`Delete ${name}?`)) return;
    try {
      await deleteRecord(record.id);
      openUrl(`/lightning/o/${info.apiName}/list`);
    } catch (error) {
      root.append(notice('error', error instanceof Error ? error.message : String(error)));
    }
  };
  const edit = `/lightning/r/${info.apiName}/${record.id}/edit`;
  const root = element(
    'div',
    { class: 'slds-page-header org-record__header' },
    objectIcon(icon),
    element('div', {}, element('p', {}, info.label), element('h1', { class: 'slds-page-header__title' }, name)),
    element(
      'div',
      { class: 'slds-button-group org-record__actions' },
      info.updateable && element('a', { class: 'slds-button slds-button_neutral', href: edit }, 'Edit'),
      info.deletable &&
        element(
          'button',
          { class: 'slds-button slds-button_neutral', type: 'button', click: () => void remove() },
          'Delete',
        ),
    ),
  );
  return root;
}

interface Shape {
  readonly info: ObjectInfo;
  readonly sections: readonly Section[];
}

async function shapeOf(objectName: string): Promise<Shape> {
  const [info, sections] = await Promise.all([objectInfo(objectName), layoutSections(objectName)]);
  return { info, sections };
}

async function record(recordId: string, named: string | undefined, app: string | undefined): Promise<Node> {
  beginComponents();
  const query = new URLSearchParams({ recordId, ...(app === undefined ? {} : { app }) });
  const asked = callOrg<RecordPage>('GET', `/record-page?${query}`);
  // The address names the object, though it may be wrong.
  const likely = named === undefined ? undefined : shapeOf(named);
  likely?.catch(() => undefined);
  const { objectApiName, icon, page } = await asked;
  const { info, sections } = await (named === objectApiName && likely ? likely : shapeOf(objectApiName));
  const shown = sections
    .flatMap(itemsOf)
    .flatMap(({ layoutComponents }) => layoutComponents.map(({ apiName }) => apiName));
  const fields = pathsOf(info, [...new Set([...info.nameFields, ...shown])]);
  const path = `/ui-api/records/${recordId}?optionalFields=${fields.join(',')}`;
  const asking = callOrg<RecordValue>('GET', path);
  const told = async (): Promise<Node> => {
    const values = await asking;
    document.title = `${info.nameFields.map((field) => shownText(values, field)).join(' ')} | ${info.label}`;
    return header(info, values, icon);
  };
  const detailed = async (): Promise<Node> => details(info, await asking, sections);
  const listed = async (): Promise<Node> => relatedCards(info, (await asking).id);
  const standard: MakeStandard = (name) => {
    if (name === 'force:highlightsPanel') return told();
    if (name === 'force:detailPanel') return detailed();
    if (name === 'force:relatedListContainer') return listed();
    return undefined;
  };
  if (!page) return element('div', { class: 'org-stack' }, await told(), await detailed(), await listed());
  // Components are made while the record is read. They are given the long form of its ID.
  const given = { recordId: recordId.length === 18 ? recordId : (await asking).id, objectApiName };
  const [shownPage] = await Promise.all([layoutNode(page, given, standard), asking]);
  return shownPage;
}

/** A record: the page that an admin has made for its object, or its layout. `objectName`: as the address has it. */
export function recordView(recordId: string, objectName: string | undefined, app: string | undefined): View {
  return { title: 'Record', tab: undefined, content: record(recordId, objectName, app) };
}
