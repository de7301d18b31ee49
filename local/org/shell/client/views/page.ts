import { card, element, notice } from '../dom.ts';
import { beginComponents, makeComponent } from '../components.ts';
import { callOrg } from '../platform/http.ts';
import { granted, page as current } from '../platform/page.ts';

interface Criterion {
  readonly left: string;
  readonly operator: string;
  readonly right: string;
}

interface Placed {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly visible: readonly Criterion[];
  readonly visibleWhen?: string;
}

interface Region {
  readonly name: string;
  readonly isFacet: boolean;
  readonly components: readonly Placed[];
}

/** A deployed page (FlexiPage). */
export interface PageLayout {
  readonly label: string;
  readonly regions: readonly Region[];
}

/** Makes a component of the platform (`force:detailPanel`); undefined for one that the shell does not have. */
export type MakeStandard = (name: string, properties: Placed['properties']) => Promise<Node> | undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether a criterion holds; throws for what the shell cannot tell. */
function holds({ left, operator, right }: Criterion): boolean {
  const permission = /^\{!\$Permission\.(CustomPermission|StandardPermission)\.(\w+)\}$/.exec(left);
  let value: string;
  if (permission) {
    const kind = permission[1] === 'CustomPermission' ? 'custom' : 'user';
    value = String(granted(kind, permission[2] ?? '') === true);
  } else if (left === '{!$Client.FormFactor}') value = current.formFactor;
  else throw new Error(`not yet: pages that show a component by ${left}`);
  if (operator === 'EQUAL') return value.toLowerCase() === right.toLowerCase();
  if (operator === 'NE') return value.toLowerCase() !== right.toLowerCase();
  throw new Error(`not yet: pages that compare by ${operator}`);
}

function isVisible({ visible, visibleWhen }: Placed): boolean {
  if (visibleWhen !== undefined && visible.length > 1 && /\bOR\b/i.test(visibleWhen)) return visible.some(holds);
  return visible.every(holds);
}

/** Makes what a region holds; a component that fails is told in its place, the others stay. */
async function fill(
  layout: PageLayout,
  region: Region,
  given: Placed['properties'],
  standard: MakeStandard,
): Promise<Node[]> {
  const make = async (placed: Placed): Promise<Node | undefined> => {
    try {
      if (!isVisible(placed)) return undefined;
      const [namespace, name = ''] = placed.name.split(':');
      if (namespace === 'c') return await makeComponent(name, { ...given, ...placed.properties });
      if (placed.name === 'flexipage:tabset') return await tabset(layout, placed, given, standard);
      const made = standard(placed.name, placed.properties);
      return made ? await made : notice('info', `The local org has no component ${placed.name}.`);
    } catch (error) {
      return notice('error', error instanceof Error ? error.message : String(error));
    }
  };
  return (await Promise.all(region.components.map(make))).filter((node) => node !== undefined);
}

/** Tabs on a page: a facet of `flexipage:tab`, each with a facet of its own. All are shown, one below the other. */
async function tabset(
  layout: PageLayout,
  placed: Placed,
  given: Placed['properties'],
  standard: MakeStandard,
): Promise<Node> {
  const facet = (name: unknown): Region | undefined => layout.regions.find((region) => region.name === name);
  const tabs = facet(placed.properties['tabs'])?.components ?? [];
  const bodies = await Promise.all(
    tabs.map(async ({ properties }) => {
      const region = facet(properties['body']);
      const title = textOf(properties['title']).replace(/^Standard\.Tab\./, '');
      return card(title, ...(region ? await fill(layout, region, given, standard) : []));
    }),
  );
  return element('div', { class: 'org-stack' }, ...bodies);
}

/** Headers and footers fill a row; what is beside the main region is half as wide. */
function widthOf(region: string, regions: number): string {
  if (regions === 1 || /^(header|top|bottom)$/.test(region)) return 'org-region_full';
  return /^(main|region1)$/.test(region) ? 'org-region_wide' : '';
}

/** Regions side by side as the page's template has them: one fills the width, the others share it. */
export async function layoutNode(
  layout: PageLayout,
  given: Readonly<Record<string, unknown>>,
  standard: MakeStandard,
): Promise<HTMLElement> {
  const regions = layout.regions.filter(({ isFacet, components }) => !isFacet && components.length > 0);
  const columns = await Promise.all(
    regions.map(async (region) => {
      const nodes = await fill(layout, region, given, standard);
      return element('div', { class: `org-region ${widthOf(region.name, regions.length)}` }, ...nodes);
    }),
  );
  return element('div', { class: 'org-page' }, ...columns);
}

/** An app page. */
export async function pageView(apiName: string): Promise<Node> {
  beginComponents();
  const layout = await callOrg<PageLayout>('GET', `/page/${apiName}`);
  const body = await layoutNode(layout, {}, () => undefined);
  return element('div', {}, element('h1', { class: 'slds-assistive-text' }, layout.label), body);
}

/** A tab or page that is one component. */
export async function componentView(name: string): Promise<Node> {
  return element('div', { class: 'org-page' }, await makeComponent(name, {}));
}
