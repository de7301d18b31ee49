import { createRequire } from 'node:module';
import type { Bundle } from './bundles.ts';

type BaseComponents = Readonly<Record<string, { readonly properties?: readonly { readonly name: string }[] }>>;

/** What every element takes, and what components inherit: the platform's list has own properties only. */
const common =
  /^(class|style|slot|key|id|title|role|tabindex|hidden|lang|dir|accesskey|disabled|variant|on\w+|(data|aria)-[\w-]+|(lwc|for|if|iterator):[\w:-]+)$/;
const tagPattern = /<lightning-([a-z0-9-]+)((?:\s+[^\s=>/]+(?:=(?:"[^"]*"|\{[^}]*\}|'[^']*'))?)*)\s*\/?>/g;
const attributePattern = /([^\s=>/]+)(?:=(?:"[^"]*"|\{[^}]*\}|'[^']*'))?/g;

/**
 * Compares each `lightning-*` tag and attribute of the templates with the platform's own list of its components: a
 * misspelt attribute passes every compiler, and does nothing.
 */
export function checkBaseComponents(bundles: readonly Bundle[]): readonly string[] {
  const known = createRequire(import.meta.url)('lightning-base-components/metadata/raptor.json') as BaseComponents;
  const problems: string[] = [];
  for (const bundle of bundles) {
    for (const [file, content] of Object.entries(bundle.files)) {
      if (!file.endsWith('.html')) continue;
      for (const [, tag = '', attributes = ''] of content.matchAll(tagPattern)) {
        const component = known[camel(tag)];
        if (!component) {
          problems.push(`${bundle.name}/${file}: the platform has no lightning-${tag}`);
          continue;
        }
        const properties = new Set(component.properties?.map((property) => property.name));
        for (const [, name = ''] of attributes.matchAll(attributePattern)) {
          if (common.test(name) || properties.has(camel(name))) continue;
          problems.push(`${bundle.name}/${file}: lightning-${tag} takes no ${name}`);
        }
      }
    }
  }
  return problems;
}

function camel(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
