import type { Plugin } from 'rollup';
import type { ComponentSources } from './sources.ts';

/** What the components import of the org, by kind. */
export interface UsedModules {
  /** `Class.method`. */
  readonly apex: Set<string>;
  /** `Lead` and `Lead.Email`. */
  readonly schema: Set<string>;
}

const SCHEME = '\0@salesforce/';

/** `Lead.Owner.Name` as LWC's schema modules export it. */
function schemaReference(name: string): Record<string, string> {
  const [objectApiName = '', ...field] = name.split('.');
  return field.length > 0 ? { fieldApiName: field.join('.'), objectApiName } : { objectApiName };
}

/**
 * The modules `@salesforce/…` of an org. Labels are the deployed ones; who calls and what they may do comes from the
 * page. A name that the org does not have ends the compilation, as a deploy does.
 */
export function salesforceModules(sources: ComponentSources, used: UsedModules): Plugin {
  const classes = new Set(sources.classes);
  const resources = new Set(sources.staticResources);
  const exported = (value: unknown): string => `export default ${JSON.stringify(value)};`;
  const pageValue = (name: string): string => `import { page } from 'org/page'; export default page.${name};`;
  const modules: Readonly<Record<string, (name: string) => string | undefined>> = {
    apex(name) {
      if (name === '') return `export { refreshApex, getSObjectValue } from 'org/apex';`;
      const [className = '', method = ''] = name.split('.').slice(-2);
      if (!classes.has(className)) return undefined;
      used.apex.add(`${className}.${method}`);
      return `import { apexMethod } from 'org/apex'; export default apexMethod('${className}', '${method}');`;
    },
    schema(name) {
      used.schema.add(name);
      return exported(schemaReference(name));
    },
    label(name) {
      const [, label = ''] = name.split('.');
      const value = name.startsWith('c.') ? sources.labels[label] : undefined;
      return value === undefined ? undefined : exported(value);
    },
    resourceUrl: (name) => (resources.has(name) ? exported(`/resource/${name}`) : undefined),
    messageChannel: (name) => exported({ channelName: name }),
    customPermission: (name) => `import { granted } from 'org/page'; export default granted('custom', '${name}');`,
    userPermission: (name) => `import { granted } from 'org/page'; export default granted('user', '${name}');`,
    user(name) {
      if (name === 'Id') return pageValue('userId');
      return name === 'isGuest' ? exported(false) : undefined;
    },
    client: (name) => (name === 'formFactor' ? pageValue('formFactor') : undefined),
  };
  return {
    name: 'salesforce-modules',
    resolveId(id) {
      if (!id.startsWith('@salesforce/') || id.startsWith('@salesforce/i18n/')) return null;
      return `\0${id}`;
    },
    load(id) {
      if (!id.startsWith(SCHEME)) return null;
      const [kind = '', ...rest] = id.slice(SCHEME.length).split('/');
      const module = modules[kind];
      if (!module) return this.error(`not yet: the local org has no modules @salesforce/${kind}`);
      return (
        module(rest.join('/')) ?? this.error(`the org has no ${kind} ${rest.join('/')}, which a component imports`)
      );
    },
  };
}
