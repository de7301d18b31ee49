import { element, icon } from './dom.ts';
import { page } from './platform/page.ts';
import type { AppInfo } from './platform/page.ts';

/** What stays round every page: the banner, the app and its tabs, who is logged in. */
export interface Frame {
  readonly root: Node;
  readonly main: HTMLElement;
  select(app: AppInfo | undefined, tab: string | undefined): void;
}

function launcher(choose: (app: AppInfo) => void): HTMLElement {
  const items = page.apps.map((app) => {
    const button = element(
      'button',
      { class: 'slds-button org-launcher__app', type: 'button', role: 'menuitem', click: () => chosen(app) },
      element('strong', {}, app.label),
      element('span', { class: 'slds-text-color_weak' }, app.description),
    );
    return element('li', { role: 'none' }, button);
  });
  const menu = element(
    'ul',
    { class: 'org-launcher__apps', role: 'menu', 'aria-label': 'Apps', hidden: true },
    ...items,
  );
  const open = (shows: boolean): void => {
    menu.hidden = !shows;
    opener.setAttribute('aria-expanded', String(shows));
  };
  const chosen = (app: AppInfo): void => {
    open(false);
    choose(app);
  };
  const opener = element(
    'button',
    {
      class: 'slds-button slds-button_icon slds-button_icon-large',
      type: 'button',
      title: 'App Launcher',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      click: () => {
        open(menu.hidden);
        if (!menu.hidden) menu.querySelector('button')?.focus();
      },
    },
    icon('utility:apps', 'slds-button__icon'),
    element('span', { class: 'slds-assistive-text' }, 'App Launcher'),
  );
  const root = element('div', { class: 'org-launcher' }, opener, menu);
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.hidden) return;
    open(false);
    opener.focus();
  });
  root.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) open(false);
  });
  return root;
}

function userMenu(): HTMLElement {
  return element(
    'form',
    { class: 'org-user', method: 'post', action: '/lightning/logout' },
    icon('utility:user', 'slds-icon slds-icon_x-small slds-icon-text-default'),
    element('span', { class: 'org-user__name' }, page.userName),
    element('button', { class: 'slds-button', type: 'submit' }, 'Log out'),
  );
}

/** Makes the frame; `choose` is told which app the user picks. */
export function makeFrame(choose: (app: AppInfo) => void): Frame {
  const appName = element('span', { class: 'org-bar__app slds-truncate' });
  const tabs = element('ul', { class: 'org-tabs' });
  const main = element('main', { class: 'org-main', id: 'main', tabindex: '-1' });
  const root = document.createDocumentFragment();
  root.append(
    element(
      'header',
      { class: 'org-header' },
      element('p', { class: 'org-banner' }, 'Local org — not Salesforce'),
      element('div', { class: 'org-bar' }, launcher(choose), appName, userMenu()),
      element('nav', { 'aria-label': 'App' }, tabs),
    ),
    main,
  );
  return {
    root,
    main,
    select(app, selected) {
      appName.textContent = app?.label ?? '';
      tabs.replaceChildren(
        ...(app?.tabs ?? []).map(({ apiName, label }) => {
          const current = apiName === selected ? 'page' : undefined;
          const link = element('a', { href: `/lightning/n/${apiName}`, 'aria-current': current }, label);
          return element('li', {}, link);
        }),
      );
    },
  };
}
