import { grantsIn } from './permissions.ts';
import type { Permissions } from './permissions.ts';
import type { ShellWorld } from '../world.ts';
import type { Session } from '../../core/index.ts';
import { childText } from '../../metadata/index.ts';
import type { XmlElement } from '../../metadata/index.ts';

/** A tab as the shell shows it. */
export interface TabInfo {
  readonly apiName: string;
  readonly label: string;
  readonly icon: string;
  readonly kind: 'page' | 'component' | 'object';
  /** The flexipage, component or object that it shows. */
  readonly target: string;
}

export interface AppInfo {
  readonly apiName: string;
  readonly label: string;
  readonly description: string;
  readonly tabs: readonly TabInfo[];
}

/** The app that every org has, as far as the local org has its objects. */
const SALES = {
  apiName: 'standard__LightningSales',
  label: 'Sales',
  description: 'Leads, contacts and accounts',
  tabs: ['Lead', 'Contact', 'Account', 'Campaign', 'Opportunity'],
};

const STANDARD_ICONS: Readonly<Record<string, string>> = {
  Lead: 'standard:lead',
  Contact: 'standard:contact',
  Account: 'standard:account',
  Campaign: 'standard:campaign',
  Opportunity: 'standard:opportunity',
  User: 'standard:user',
};

function textIn(elements: readonly XmlElement[], name: string): string | undefined {
  return elements.find((element) => element.name === name)?.text.trim();
}

/** `Custom9: Lightning` → `custom:custom9`. */
function iconOf(motif: string | undefined): string {
  const number = /^Custom(\d+):/.exec(motif ?? '')?.[1];
  return number === undefined ? 'standard:custom' : `custom:custom${number}`;
}

/** The icon of an object: that of its tab. */
export function iconOfObject(world: ShellWorld, object: string): string {
  const tab = world.components.get('CustomTab', object);
  return STANDARD_ICONS[object] ?? iconOf(tab && textIn(tab.elements, 'motif'));
}

function objectTab(world: ShellWorld, session: Session, apiName: string, objectName: string): TabInfo | undefined {
  const object = world.org.schemaFor(session).object(objectName);
  if (!object) return undefined;
  const icon = iconOfObject(world, object.name);
  return { apiName, label: object.labelPlural, icon, kind: 'object', target: object.name };
}

function tabOf(world: ShellWorld, session: Session, apiName: string): TabInfo | undefined {
  const tab = world.components.get('CustomTab', apiName);
  if (!tab) return undefined;
  if (textIn(tab.elements, 'customObject') === 'true') return objectTab(world, session, apiName, apiName);
  const label = textIn(tab.elements, 'label') ?? apiName;
  const icon = iconOf(textIn(tab.elements, 'motif'));
  const flexiPage = textIn(tab.elements, 'flexiPage');
  if (flexiPage !== undefined) return { apiName, label, icon, kind: 'page', target: flexiPage };
  const component = textIn(tab.elements, 'lwcComponent');
  return component === undefined ? undefined : { apiName, label, icon, kind: 'component', target: component };
}

/** The apps that a user's permission sets show, each with the tabs that they show and whose object the user reads. */
export function appsOf(world: ShellWorld, session: Session, permissions: Permissions): readonly AppInfo[] {
  const granted = (element: string, name: string, wanted: (grant: XmlElement) => boolean): ReadonlySet<string> =>
    new Set(
      grantsIn(world, permissions, element)
        .filter(wanted)
        .map((grant) => childText(grant, name)?.trim() ?? ''),
    );
  const apps = granted(
    'applicationVisibilities',
    'application',
    (grant) => childText(grant, 'visible')?.trim() === 'true',
  );
  const tabs = granted('tabSettings', 'tab', (grant) => childText(grant, 'visibility')?.trim() === 'Visible');
  const own = world.components
    .list('CustomApplication')
    .filter(({ fullName }) => apps.has(fullName))
    .map(({ fullName, elements }): AppInfo => {
      const names = elements.flatMap(({ name, text }) => (name === 'tabs' ? [text.trim()] : []));
      const shown = names.map((name) => {
        if (name.startsWith('standard-')) return objectTab(world, session, name, name.slice('standard-'.length));
        return tabs.has(name) ? tabOf(world, session, name) : undefined;
      });
      return {
        apiName: fullName,
        label: textIn(elements, 'label') ?? fullName,
        description: textIn(elements, 'description') ?? '',
        tabs: shown.filter((tab) => tab !== undefined),
      };
    });
  const standard = SALES.tabs.flatMap((name) => objectTab(world, session, `standard-${name}`, name) ?? []);
  return [...own, { ...SALES, tabs: standard }];
}
