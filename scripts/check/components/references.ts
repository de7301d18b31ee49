import type { Bundle } from './bundles.ts';

/** What the package holds beside its components. */
export interface Surroundings {
  /** Full names of the custom labels. */
  readonly labels: ReadonlySet<string>;
  /** Apex methods with `@AuraEnabled`, as `Class.method`. */
  readonly apexMethods: ReadonlySet<string>;
  readonly customPermissions: ReadonlySet<string>;
}

/** Labels of this prefix belong to the components: one that none of them uses is left over. */
const ownedLabels = 'Plumbline_Screen_';

/**
 * Finds what the compilers cannot: a label, Apex method, permission or component that is named and not there, and a
 * label of the screens that nobody shows.
 */
export function checkReferences(bundles: readonly Bundle[], surroundings: Surroundings): readonly string[] {
  const problems: string[] = [];
  const shown = new Set<string>();
  const names = new Set(bundles.map((bundle) => bundle.name));
  for (const bundle of bundles) {
    for (const [file, content] of Object.entries(bundle.files)) {
      const miss = (what: string): void => void problems.push(`${bundle.name}/${file}: there is no ${what}`);
      for (const [, kind = '', name = ''] of content.matchAll(
        /from '@salesforce\/(label|apex|customPermission)\/([^']+)'/g,
      )) {
        if (kind === 'label') {
          const label = name.replace(/^c\./, '');
          shown.add(label);
          if (!surroundings.labels.has(label)) miss(`label ${label}`);
        } else if (kind === 'apex') {
          if (!surroundings.apexMethods.has(name)) miss(`@AuraEnabled ${name}`);
        } else if (!surroundings.customPermissions.has(name)) miss(`custom permission ${name}`);
      }
      for (const [, tag = ''] of content.matchAll(/<c-([a-z0-9-]+)/g)) {
        const name = tag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        if (!names.has(name)) miss(`component ${name}`);
      }
      for (const [, name = ''] of content.matchAll(/from 'c\/(\w+)'/g)) if (!names.has(name)) miss(`module ${name}`);
    }
  }
  for (const label of surroundings.labels) {
    if (label.startsWith(ownedLabels) && !shown.has(label)) problems.push(`label ${label}: no component shows it`);
  }
  return problems;
}
