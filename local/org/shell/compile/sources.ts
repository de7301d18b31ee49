import { strFromU8 } from 'fflate';
import type { ComponentStore } from '../../metadata/index.ts';

/** One deployed Lightning web component. */
export interface BundleSource {
  readonly name: string;
  readonly apiVersion: number;
  /** Whether pages may place it. */
  readonly isExposed: boolean;
  /** Text by path within the bundle: `health.js`, `health.html`, `parts/trend.js`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Everything that the compiled components of an org depend on. */
export interface ComponentSources {
  readonly bundles: readonly BundleSource[];
  /** Custom labels by name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of the Apex classes and static resources that the org has. */
  readonly classes: readonly string[];
  readonly staticResources: readonly string[];
}

/** Reads the deployed components and labels of an org. */
export function componentSources(components: Pick<ComponentStore, 'list'>): ComponentSources {
  const bundles = components.list('LightningComponentBundle').map(({ fullName, elements, content }): BundleSource => {
    const text = (name: string): string | undefined => elements.find((each) => each.name === name)?.text.trim();
    const folder = `lwc/${fullName}/`;
    return {
      name: fullName,
      apiVersion: Number(text('apiVersion') ?? 66),
      isExposed: text('isExposed') === 'true',
      files: Object.fromEntries([...content].map(([path, bytes]) => [path.slice(folder.length), strFromU8(bytes)])),
    };
  });
  const labels = components.list('CustomLabel').map(({ fullName, elements }) => {
    const value = elements.find(({ name }) => name === 'value')?.text ?? '';
    return [fullName, value] as const;
  });
  const names = (type: string): readonly string[] => components.list(type).map(({ fullName }) => fullName);
  return {
    bundles,
    labels: Object.fromEntries(labels),
    classes: names('ApexClass'),
    staticResources: names('StaticResource'),
  };
}
