import { element, icon, notice } from '../dom.ts';
import { callOrg } from '../platform/http.ts';
import { openUrl } from '../platform/page-reference.ts';
import { objectLabels } from './object-info.ts';
import { shownText } from './values.ts';
import type { RecordValue } from './values.ts';
import type { View } from './view.ts';

interface Lists {
  readonly lists: readonly { readonly apiName: string; readonly label: string }[];
}

interface ListInfo {
  readonly label: string;
  readonly displayColumns: readonly { readonly fieldApiName: string; readonly label: string }[];
}

interface Page {
  readonly records: readonly RecordValue[];
  readonly nextPageToken: string | null;
  readonly previousPageToken: string | null;
}

const PAGE_SIZE = 50;
/** A pause in typing after which the list is searched. */
const TYPING_MILLISECONDS = 250;

function table(objectName: string, info: ListInfo, page: Page): HTMLElement {
  const head = info.displayColumns.map(({ label }) =>
    element('th', { scope: 'col' }, element('div', { class: 'slds-truncate', title: label }, label)),
  );
  const rows = page.records.map((record) => {
    const cells = info.displayColumns.map(({ fieldApiName, label }, index) => {
      const text = shownText(record, fieldApiName);
      const url = `/lightning/r/${objectName}/${record.id}/view`;
      const content = index === 0 ? element('a', { href: url }, text === '' ? record.id : text) : text;
      const cell = element('div', { class: 'slds-truncate', title: text }, content);
      return index === 0
        ? element('th', { scope: 'row', 'data-label': label }, cell)
        : element('td', { 'data-label': label }, cell);
    });
    return element('tr', {}, ...cells);
  });
  const classes = 'slds-table slds-table_bordered slds-table_fixed-layout slds-max-medium-table_stacked-horizontal';
  return element(
    'table',
    { class: classes, 'aria-label': info.label },
    element('thead', {}, element('tr', { class: 'slds-line-height_reset' }, ...head)),
    element('tbody', {}, ...rows),
  );
}

function pager(page: Page, show: (token: string) => void): HTMLElement {
  const button = (label: string, token: string | null): HTMLElement =>
    element(
      'button',
      {
        class: 'slds-button slds-button_neutral',
        type: 'button',
        disabled: token === null,
        click: () => show(token ?? '0'),
      },
      label,
    );
  return element(
    'div',
    { class: 'org-pager' },
    button('Previous', page.previousPageToken),
    button('Next', page.nextPageToken),
  );
}

async function list(objectName: string, asked: string | undefined): Promise<Node> {
  const [{ lists }, labels] = await Promise.all([
    callOrg<Lists>('GET', `/ui-api/list-info/${objectName}`),
    objectLabels(objectName),
  ]);
  const chosen =
    lists.find(({ apiName }) => apiName === asked) ?? lists.find(({ apiName }) => apiName === 'All') ?? lists[0];
  if (!chosen) return notice('info', `${labels.labelPlural} have no list views.`);
  const info = await callOrg<ListInfo>('GET', `/ui-api/list-info/${objectName}/${chosen.apiName}`);
  const body = element('div', { class: 'org-list__body' });
  let number = 0;
  const show = async (token: string): Promise<void> => {
    number += 1;
    const own = number;
    const query = new URLSearchParams({
      pageSize: String(PAGE_SIZE),
      pageToken: token,
      searchTerm: search.value.trim(),
    });
    const path = `/ui-api/list-records/${objectName}/${chosen.apiName}?${query}`;
    const content = await callOrg<Page>('GET', path).then(
      (page) =>
        page.records.length === 0
          ? [notice('info', search.value.trim() === '' ? 'Nothing to show here.' : 'Nothing found.')]
          : [table(objectName, info, page), pager(page, (next) => void show(next))],
      (error: unknown) => [notice('error', error instanceof Error ? error.message : String(error))],
    );
    // Another page, or another search, may have been asked for meanwhile.
    if (own === number) body.replaceChildren(...content);
  };
  let typing: ReturnType<typeof setTimeout> | undefined;
  const search = element('input', {
    class: 'slds-input',
    type: 'search',
    id: 'org-search',
    placeholder: 'Search this list …',
    input: () => {
      clearTimeout(typing);
      typing = setTimeout(() => void show('0'), TYPING_MILLISECONDS);
    },
  });
  const views = element(
    'select',
    {
      class: 'slds-select',
      id: 'org-list-view',
      change: () => openUrl(`/lightning/o/${objectName}/list?filterName=${views.value}`),
    },
    ...lists.map(({ apiName, label }) =>
      element('option', { value: apiName, selected: apiName === chosen.apiName }, label),
    ),
  );
  const create =
    labels.createable &&
    element(
      'a',
      { class: 'slds-button slds-button_neutral', href: `/lightning/o/${objectName}/new` },
      icon('utility:add', 'slds-button__icon slds-button__icon_left'),
      'New',
    );
  await show('0');
  return element(
    'section',
    { class: 'slds-card org-list' },
    element(
      'div',
      { class: 'org-list__header' },
      element('h1', { class: 'slds-text-heading_medium' }, labels.labelPlural),
      element('label', { class: 'slds-assistive-text', for: 'org-list-view' }, 'List view'),
      element('div', { class: 'slds-select_container' }, views),
      element('label', { class: 'slds-assistive-text', for: 'org-search' }, 'Search this list'),
      search,
      create,
    ),
    body,
  );
}

/** The records of an object, by one of its list views. */
export function listView(objectName: string, filterName: string | undefined): View {
  return { title: objectName, tab: undefined, content: list(objectName, filterName) };
}
