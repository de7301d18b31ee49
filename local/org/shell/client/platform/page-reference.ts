// Pages and their addresses, as Lightning Experience has them: `/lightning/r/Lead/00Q…/view`.

export interface PageReference {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly state?: Readonly<Record<string, string | undefined>>;
}

function query(state: PageReference['state'] = {}): string {
  const entries = Object.entries(state).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = new URLSearchParams(entries).toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of a page. Throws for a type of page that the shell does not have. */
export function urlOf({ type, attributes, state }: PageReference): string {
  const { objectApiName, recordId, actionName, apiName, componentName, appTarget, pageName, url } = attributes;
  switch (type) {
    case 'standard__recordPage':
      return `/lightning/r/${objectApiName === undefined ? '' : `${objectApiName}/`}${recordId}/${actionName ?? 'view'}${query(state)}`;
    case 'standard__objectPage':
      return `/lightning/o/${objectApiName}/${actionName ?? 'list'}${query(state)}`;
    case 'standard__navItemPage':
      return `/lightning/n/${apiName}${query(state)}`;
    case 'standard__component':
      return `/lightning/cmp/${componentName}${query(state)}`;
    case 'standard__app':
      return `/lightning/app/${(appTarget ?? '').replace(/^c__/, '')}`;
    case 'standard__namedPage':
      if (pageName === 'home') return '/lightning/page/home';
      throw new Error(`not yet: the local org has no page named ${pageName}`);
    case 'standard__webPage':
      return url ?? '';
    default:
      throw new Error(`not yet: the local org has no pages of the type ${type}`);
  }
}

/** The page at an address, undefined when there is none. */
export function referenceOf(location: {
  readonly pathname: string;
  readonly search: string;
}): PageReference | undefined {
  const [first, ...rest] = location.pathname
    .replace(/^\/lightning\/?/, '')
    .split('/')
    .map(decodeURIComponent);
  const state = Object.fromEntries(new URLSearchParams(location.search));
  switch (first) {
    case '':
    case 'page':
      return { type: 'standard__namedPage', attributes: { pageName: 'home' }, state };
    case 'app':
      return { type: 'standard__app', attributes: { appTarget: rest[0] }, state };
    case 'n':
      return { type: 'standard__navItemPage', attributes: { apiName: rest[0] }, state };
    case 'cmp':
      return { type: 'standard__component', attributes: { componentName: rest[0] }, state };
    case 'o':
      return {
        type: 'standard__objectPage',
        attributes: { objectApiName: rest[0], actionName: rest[1] ?? 'list' },
        state,
      };
    case 'r': {
      const [objectApiName, recordId, actionName] = rest.length === 3 ? rest : [undefined, ...rest];
      const attributes = { objectApiName, recordId, actionName: actionName ?? 'view' };
      return { type: 'standard__recordPage', attributes, state };
    }
    default:
      return undefined;
  }
}

type PageListener = (reference: PageReference | undefined) => void;

const listeners = new Set<PageListener>();

export function currentReference(): PageReference | undefined {
  return referenceOf(location);
}

export function onPageChange(listener: PageListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  const reference = currentReference();
  for (const listener of [...listeners]) listener(reference);
}

/** Shows the page at an address of the shell, without loading the document anew. */
export function openUrl(url: string, replace = false): void {
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  tell();
}

export function openReference(reference: PageReference, replace: boolean): void {
  const url = urlOf(reference);
  if (reference.type === 'standard__webPage') window.open(url, '_blank', 'noopener');
  else openUrl(url, replace);
}

addEventListener('popstate', tell);
