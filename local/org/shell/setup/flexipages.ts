import type { ShellWorld } from '../world.ts';
import { OrgError } from '../../core/index.ts';
import { childrenNamed, childText } from '../../metadata/index.ts';
import type { XmlElement } from '../../metadata/index.ts';

/** A component on a page, with the values of its design properties; `c:` or a namespace of the platform in front. */
export interface PlacedComponent {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly visible: readonly VisibilityCriterion[];
  /** `1 AND 2` over the criteria; all of them when absent. */
  readonly visibleWhen?: string;
}

export interface VisibilityCriterion {
  /** `{!$Permission.CustomPermission.Plumbline_Operate}` */
  readonly left: string;
  readonly operator: string;
  readonly right: string;
}

export interface PageRegion {
  readonly name: string;
  /** A facet is shown where a component names it (`Facet-…`). */
  readonly isFacet: boolean;
  readonly components: readonly PlacedComponent[];
}

export interface PageLayout {
  readonly apiName: string;
  readonly label: string;
  /** `flexipage:defaultAppHomeTemplate` and the like. */
  readonly template: string;
  readonly regions: readonly PageRegion[];
}

/** Types of design properties by component and property, out of the bundle's metadata. */
function propertyTypes(world: ShellWorld, componentName: string): ReadonlyMap<string, string> {
  const bundle = world.components.get('LightningComponentBundle', componentName.replace(/^c:/, ''));
  const configs = bundle?.elements.find(({ name }) => name === 'targetConfigs');
  const properties = (configs?.children ?? []).flatMap((config) => childrenNamed(config, 'property'));
  return new Map(properties.map(({ attributes }) => [attributes['name'] ?? '', attributes['type'] ?? 'String']));
}

function typed(value: string, type: string | undefined): unknown {
  if (type === 'Boolean') return value === 'true';
  return type === 'Integer' ? Number(value) : value;
}

function placed(world: ShellWorld, instance: XmlElement): PlacedComponent {
  const written = childText(instance, 'componentName')?.trim() ?? '';
  const name = written.includes(':') ? written : `c:${written}`;
  const types = propertyTypes(world, name);
  const properties = childrenNamed(instance, 'componentInstanceProperties').map((property) => {
    const key = childText(property, 'name')?.trim() ?? '';
    return [key, typed(childText(property, 'value')?.trim() ?? '', types.get(key))] as const;
  });
  const rule = childrenNamed(instance, 'visibilityRule')[0];
  const logic = rule && childText(rule, 'booleanFilter')?.trim();
  return {
    name,
    properties: Object.fromEntries(properties),
    visible: (rule ? childrenNamed(rule, 'criteria') : []).map((criterion) => ({
      left: childText(criterion, 'leftValue')?.trim() ?? '',
      operator: childText(criterion, 'operator')?.trim() ?? '',
      right: childText(criterion, 'rightValue')?.trim() ?? '',
    })),
    ...(logic === undefined ? {} : { visibleWhen: logic }),
  };
}

/** A deployed page; throws `OrgError` 404. */
export function pageLayout(world: ShellWorld, apiName: string): PageLayout {
  const page = world.components.get('FlexiPage', apiName);
  if (!page) throw new OrgError(404, 'NOT_FOUND', `The org has no page ${apiName}`);
  const text = (name: string): string | undefined => page.elements.find((each) => each.name === name)?.text.trim();
  const template = page.elements.find(({ name }) => name === 'template');
  const regions = page.elements
    .filter(({ name }) => name === 'flexiPageRegions')
    .map((region): PageRegion => {
      const items = childrenNamed(region, 'itemInstances').flatMap((item) => childrenNamed(item, 'componentInstance'));
      return {
        name: childText(region, 'name')?.trim() ?? '',
        isFacet: childText(region, 'type')?.trim() === 'Facet',
        components: [...items, ...childrenNamed(region, 'componentInstances')].map((item) => placed(world, item)),
      };
    });
  return {
    apiName,
    label: text('masterLabel') ?? apiName,
    template: (template && childText(template, 'name')?.trim()) ?? '',
    regions,
  };
}

/**
 * The record page that an admin has made the default for an object: of the app, or of the org, as their metadata
 * override the action View. Undefined: the page that the platform makes of the object's layout.
 */
export function recordPageOf(world: ShellWorld, objectName: string, appName: string | null): string | undefined {
  const overrides = (elements: readonly XmlElement[] | undefined): readonly XmlElement[] =>
    (elements ?? []).filter(
      (element) =>
        element.name === 'actionOverrides' &&
        childText(element, 'actionName')?.trim() === 'View' &&
        childText(element, 'type')?.trim() === 'Flexipage' &&
        childText(element, 'formFactor')?.trim() !== 'Small',
    );
  const app = appName === null ? undefined : world.components.get('CustomApplication', appName);
  const ofApp = overrides(app?.elements).find(
    (element) => childText(element, 'pageOrSobjectType')?.trim() === objectName,
  );
  const ofObject = overrides(world.components.get('CustomObject', objectName)?.elements)[0];
  const chosen = ofApp ?? ofObject;
  return chosen && childText(chosen, 'content')?.trim();
}
