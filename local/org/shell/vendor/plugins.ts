import { join } from 'node:path';
import { resolveModule } from '@lwc/module-resolver';
import type { Plugin } from 'rollup';
import { localeModules, OWN_MODULES, packageFolder, PROJECT } from './modules.ts';

const NO_ICONS = '\0no-icon-templates';
const TIME_ZONE = '\0time-zone';

/** Finds the platform's modules among the installed packages. */
export function platformModules(): Plugin {
  const own = new Set<string>(OWN_MODULES);
  const locale = localeModules();
  return {
    name: 'platform-modules',
    resolveId(id, importer) {
      const name = /^lightning\/(\w+)$/.exec(id)?.[1];
      if (name !== undefined && own.has(name)) return { id, external: true };
      if (name?.startsWith('iconSvgTemplates')) return NO_ICONS;
      // Users of the local org are in GMT; the package says Los Angeles.
      if (id === '@salesforce/i18n/timeZone') return TIME_ZONE;
      if (id === 'lwc' || id === '@lwc/engine-dom') return join(packageFolder('@lwc/engine-dom'), 'dist/index.js');
      const file = locale.get(id);
      if (file !== undefined) return file;
      // The plugin of lwc leaves ids without an importer alone, so entries are found here.
      if (importer !== undefined || name === undefined) return null;
      const modules = [{ npm: 'lightning-base-components' }];
      return resolveModule(id, join(PROJECT, 'package.json'), { rootDir: PROJECT, modules }).entry;
    },
    load(id) {
      if (id === NO_ICONS) return 'export default {};';
      return id === TIME_ZONE ? "export default 'UTC';" : null;
    },
  };
}

const ICON_HREF = "return this.src ? sanitizeURL(this.src) : '';";

/**
 * Icons come from the sprites of the design system: the package would compile each of its 1,700 icons to a template,
 * which takes longer than all of the components.
 */
export function spriteIcons(): Plugin {
  return {
    name: 'sprite-icons',
    transform(code, id) {
      if (!id.endsWith('/primitiveIcon/primitiveIcon.js')) return null;
      if (!code.includes(ICON_HREF)) return this.error('the icon of the base components has changed: see spriteIcons');
      const named = code.replace('getName, isValidName }', 'getIconPath, getName, isValidName }');
      return {
        code: named.replace(ICON_HREF, 'return this.src ? sanitizeURL(this.src) : getIconPath(this.iconName);'),
        map: null,
      };
    },
  };
}

/** Settles what bundlers are expected to: these modules also ask `process` and `import.meta.env`. */
export function environment(): Plugin {
  return { name: 'environment', transform: (code) => settleEnvironment(code) };
}

/** The same for one file's text; null when it asks nothing. The engine's own checks stay on, as for a developer. */
export function settleEnvironment(code: string): { code: string; map: null } | null {
  if (!/import\.meta\.env|process\.env/.test(code)) return null;
  const settled = code
    .replace(/import\.meta\.env\.SSR/g, 'false')
    .replace(/process\.env\.NODE_ENV/g, '"development"')
    .replace(/process\.env\.\w+/g, 'undefined');
  return { code: settled, map: null };
}
