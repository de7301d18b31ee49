import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));

const BASE = 'lightning-base-components';

/** Exposed by the package of the base components, but importing modules that it does not ship. */
const BROKEN = new Set(['lightning/barcodeScanner', 'lightning/primitiveFigure']);

/**
 * Modules that the package lacks, or has as a re-export of one that only an org has; each is a script of the shell's
 * own, `client/platform/<name>.ts`.
 */
export const OWN_MODULES = [
  'empApi',
  'graphql',
  'messageService',
  'navigation',
  'platformResourceLoader',
  'platformShowToastEvent',
  'refresh',
  'uiObjectInfoApi',
  'uiRecordApi',
] as const;

/** The folder of an installed package. */
export function packageFolder(name: string): string {
  return join(PROJECT, 'node_modules', name);
}

interface PackageFile {
  readonly version: string;
  readonly lwc?: {
    readonly expose: readonly string[];
    readonly modules: readonly { readonly name?: string; readonly path?: string }[];
  };
}

function packageFile(name: string): PackageFile {
  return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')) as PackageFile;
}

export function packageVersion(name: string): string {
  return packageFile(name).version;
}

/** The modules of the user's locale, `@salesforce/i18n/…`, with their files. */
export function localeModules(): ReadonlyMap<string, string> {
  const { modules } = packageFile(BASE).lwc ?? { modules: [] };
  return new Map(
    modules.flatMap(({ name, path }) =>
      name?.startsWith('@salesforce/i18n/') && path !== undefined ? [[name, join(packageFolder(BASE), path)]] : [],
    ),
  );
}

/** What pages may import of the genuine base components: `lightning/…`, and the locale as `@salesforce/i18n/…`. */
export function baseModules(): readonly string[] {
  const { expose } = packageFile(BASE).lwc ?? { expose: [] };
  const own = new Set<string>(OWN_MODULES.map((name) => `lightning/${name}`));
  const components = expose.filter(
    (name) => !own.has(name) && !BROKEN.has(name) && !name.startsWith('lightning/iconSvgTemplates'),
  );
  return [...components, ...localeModules().keys()];
}
