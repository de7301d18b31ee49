import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Bundle } from './bundles.ts';

const iconPattern = /["'](action|custom|doctype|standard|utility):(\w+)["']/g;

/** Finds names of icons that the design system does not have: a component shows nothing in their place, and says nothing. */
export function checkIcons(bundles: readonly Bundle[]): readonly string[] {
  const system = dirname(createRequire(import.meta.url).resolve('@salesforce-ux/design-system/package.json'));
  return bundles.flatMap((bundle) =>
    Object.entries(bundle.files).flatMap(([file, content]) =>
      [...content.matchAll(iconPattern)]
        .filter(([, kind = '', name = '']) => !existsSync(join(system, 'assets/icons', kind, `${name}.svg`)))
        .map(([, kind = '', name = '']) => `${bundle.name}/${file}: the design system has no icon ${kind}:${name}`),
    ),
  );
}
