type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>;

/** Makes an element; an attribute that is a function listens to the event of its name. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An icon of the design system by its name (`utility:apps`); it means nothing to who cannot see it. */
export function icon(name: string, classes: string): SVGSVGElement {
  const [category = '', symbol = ''] = name.split(':');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', classes);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/assets/icons/${category}-sprite/svg/symbols.svg#${symbol}`);
  svg.append(use);
  return svg;
}

/** The icon of an object, in its colour. */
export function objectIcon(name: string): HTMLElement {
  const [category = '', symbol = ''] = name.split(':');
  const classes = `slds-icon_container slds-icon-${category}-${symbol.replaceAll('_', '-')}`;
  return element('span', { class: classes }, icon(name, 'slds-icon slds-page-header__icon'));
}

/** A notice in the page. */
export function notice(kind: 'error' | 'warning' | 'info', text: string): HTMLElement {
  const box = element(
    'div',
    { class: `slds-notify slds-notify_alert slds-alert_${kind}`, role: kind === 'error' ? 'alert' : 'status' },
    element('h2', {}, text),
  );
  return box;
}

/** What is shown until an answer of the org is there. */
export function loading(): HTMLElement {
  return element('p', { class: 'slds-p-around_medium slds-text-color_weak', role: 'status' }, 'Loading …');
}

/** A box with a title, as every part of a page has. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element(
    'article',
    { class: 'slds-card' },
    element(
      'div',
      { class: 'slds-card__header' },
      element('h2', { class: 'slds-card__header-title slds-text-heading_small' }, title),
    ),
    element('div', { class: 'slds-card__body slds-card__body_inner' }, ...children),
  );
}
