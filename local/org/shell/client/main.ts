// The shell's one page: it shows what its address names, inside the frame of the app.
import { element, loading, notice } from './dom.ts';
import { makeFrame } from './frame.ts';
import { openUrl, onPageChange, currentReference, urlOf } from './platform/page-reference.ts';
import type { PageReference } from './platform/page-reference.ts';
import { page } from './platform/page.ts';
import type { AppInfo } from './platform/page.ts';
import { showToasts } from './toasts.ts';
import { editView, newView } from './views/edit.ts';
import { listView } from './views/list.ts';
import { componentView, pageView } from './views/page.ts';
import { recordView } from './views/record.ts';
import type { View } from './views/view.ts';

const APP_KEY = 'lightning-app';

function chosenApp(): AppInfo | undefined {
  const name = sessionStorage.getItem(APP_KEY);
  return page.apps.find(({ apiName }) => apiName === name) ?? page.apps[0];
}

let app = chosenApp();
const frame = makeFrame(chooseApp);
document.body.append(frame.root);

function chooseApp(chosen: AppInfo): void {
  sessionStorage.setItem(APP_KEY, chosen.apiName);
  app = chosen;
  openUrl('/lightning/page/home');
}

/** A tab by its API name, in whichever app it is; that app becomes the current one. */
function findTab(apiName: string | undefined): AppInfo['tabs'][number] | undefined {
  const holds = (each: AppInfo): boolean => each.tabs.some((tab) => tab.apiName === apiName);
  if (!app || !holds(app)) app = page.apps.find(holds) ?? app;
  return app?.tabs.find((tab) => tab.apiName === apiName);
}

function nothing(text: string): View {
  return { title: 'Not available', tab: undefined, content: Promise.resolve(notice('warning', text)) };
}

function tabView(apiName: string | undefined): View {
  const tab = findTab(apiName);
  if (!tab) return nothing('This page does not exist, or you have no access to it.');
  if (tab.kind === 'object') return { ...listView(tab.target, undefined), tab: tab.apiName };
  const content = tab.kind === 'page' ? pageView(tab.target) : componentView(tab.target);
  return { title: tab.label, tab: tab.apiName, content };
}

function objectTab(objectName: string): string | undefined {
  const target = [...(app?.tabs ?? []), ...page.apps.flatMap(({ tabs }) => tabs)];
  return target.find((tab) => tab.kind === 'object' && tab.target === objectName)?.apiName;
}

function viewOf(reference: PageReference | undefined): View {
  const { type, attributes = {}, state = {} } = reference ?? {};
  const { objectApiName = '', recordId = '', actionName } = attributes;
  switch (type) {
    case 'standard__app': {
      app = page.apps.find(({ apiName }) => apiName === attributes['appTarget']) ?? app;
      if (app) sessionStorage.setItem(APP_KEY, app.apiName);
      return tabView(app?.tabs[0]?.apiName);
    }
    case 'standard__namedPage':
      return tabView(app?.tabs[0]?.apiName);
    case 'standard__navItemPage':
      return tabView(attributes['apiName']);
    case 'standard__component':
      return {
        title: attributes['componentName'] ?? '',
        tab: undefined,
        content: componentView((attributes['componentName'] ?? '').replace(/^c__/, '')),
      };
    case 'standard__objectPage': {
      const view = actionName === 'new' ? newView(objectApiName) : listView(objectApiName, state['filterName']);
      return { ...view, tab: objectTab(objectApiName) };
    }
    case 'standard__recordPage': {
      const view =
        actionName === 'edit' ? editView(recordId) : recordView(recordId, attributes['objectApiName'], app?.apiName);
      return { ...view, tab: objectTab(objectApiName) };
    }
    default:
      return nothing('There is no such page.');
  }
}

let shown = 0;
let shownReference: PageReference | undefined;

/** Of a page of components, its components stay while only its state changes: they hear of it. */
function onlyStateChanges(next: PageReference | undefined): boolean {
  const { type, attributes, state } = next ?? {};
  if (type !== 'standard__navItemPage' && type !== 'standard__component') return false;
  const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
  return (
    same([type, attributes], [shownReference?.type, shownReference?.attributes]) && !same(state, shownReference?.state)
  );
}

async function show(reference: PageReference | undefined, focus: boolean): Promise<void> {
  const stays = onlyStateChanges(reference);
  shownReference = reference;
  if (stays) return;
  shown += 1;
  const number = shown;
  const view = viewOf(reference);
  frame.select(app, view.tab);
  document.title = `${view.title} | ${app?.label ?? page.orgName}`;
  frame.main.replaceChildren(loading());
  if (focus) frame.main.focus();
  let content: Node;
  try {
    content = await view.content;
  } catch (error) {
    content = notice('error', error instanceof Error ? error.message : String(error));
  }
  // Another page may have been opened meanwhile.
  if (number !== shown) return;
  frame.main.replaceChildren(content);
  document.documentElement.dataset['shown'] = reference ? urlOf(reference) : '';
}

/** Links within the shell show their page in place. */
addEventListener('click', (event) => {
  const { ctrlKey, metaKey, shiftKey, button, defaultPrevented } = event;
  if (ctrlKey || metaKey || shiftKey || button !== 0 || defaultPrevented) return;
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (!link || link.target === '_blank' || !link.href.startsWith(`${location.origin}/lightning/`)) return;
  event.preventDefault();
  openUrl(link.href);
});

showToasts();
onPageChange((reference) => void show(reference, true));
await show(currentReference(), false);
document.body.append(element('span', { hidden: true, id: 'org-ready' }));
