import { posix } from 'node:path';
import { transformSync } from '@lwc/compiler';
import type { Plugin } from 'rollup';
import type { BundleSource } from './sources.ts';

/** Where the files of bundles are in the graph of modules: `/c/health/health.js`. */
const ROOT = '/c/';
const EMPTY = '\0empty';

/** Modules of the namespace `c`, compiled as an org compiles them, each with its own API version. */
export function componentModules(bundles: readonly BundleSource[], sandboxed: boolean): Plugin {
  const byName = new Map(bundles.map((bundle) => [bundle.name, bundle]));
  const find = (id: string): { bundle: BundleSource; path: string } | undefined => {
    const [name = '', ...path] = (id.split('?')[0] ?? '').slice(ROOT.length).split('/');
    const bundle = byName.get(name);
    return bundle && { bundle, path: path.join('/') };
  };
  return {
    name: 'component-modules',
    resolveId(id, importer) {
      const name = /^c\/(\w+)$/.exec(id)?.[1];
      if (name !== undefined) {
        if (byName.get(name)?.files[`${name}.js`] !== undefined) return `${ROOT}${name}/${name}.js`;
        return this.error(`${importer ?? 'a page'} imports ${id}, which is not deployed`);
      }
      if (!importer?.startsWith(ROOT) || !id.startsWith('.')) return null;
      const [file = '', query] = posix.resolve(posix.dirname(importer), id).split('?');
      const found = find(file);
      const path = [found?.path, `${found?.path}.js`].find((each) => found?.bundle.files[each ?? ''] !== undefined);
      if (found && path !== undefined) {
        return `${ROOT}${found.bundle.name}/${path}${query === undefined ? '' : `?${query}`}`;
      }
      // A template without a style sheet, and a class without a template, import what is not there.
      if (/\.(html|css)$/.test(file)) return EMPTY;
      return this.error(`${importer} imports ${id}, which is not in its bundle`);
    },
    load(id) {
      if (id === EMPTY) return 'export default undefined;';
      const found = id.startsWith(ROOT) ? find(id) : undefined;
      return found?.bundle.files[found.path] ?? null;
    },
    transform(source, id) {
      const found = id.startsWith(ROOT) ? find(id) : undefined;
      if (!found) return null;
      const [file = '', query] = id.split('?');
      const { code, warnings = [] } = transformSync(source, file, {
        namespace: 'c',
        name: found.bundle.name,
        apiVersion: found.bundle.apiVersion,
        outputConfig: { sourcemap: false },
        scopedStyles: new URLSearchParams(query).get('scoped') === 'true',
        enableDynamicComponents: true,
        enableLightningWebSecurityTransforms: sandboxed,
      });
      for (const { message, code: number } of warnings) this.warn({ message: `${file}: LWC${number} ${message}` });
      return { code, map: { mappings: '' } };
    },
  };
}
