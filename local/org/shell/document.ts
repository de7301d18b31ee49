import type { Compiler } from './compile/index.ts';
import { clientVersion } from './files.ts';
import { escapeHtml } from './login-page.ts';
import { allImported } from './preload.ts';
import { appsOf, permissionsOf } from './setup/index.ts';
import type { AppInfo } from './setup/index.ts';
import { baseModules, OWN_MODULES } from './vendor/index.ts';
import { platformSession, quoted, textOf } from './world.ts';
import type { ShellWorld } from './world.ts';
import type { Session } from '../core/index.ts';

function fileName(module: string): string {
  return module.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a page finds each module that it imports by name; `client`: where the shell's own scripts are. */
function importMap(client: string): Record<string, string> {
  return {
    lwc: '/lightning/vendor/lwc.js',
    '@locker/sandbox': '/lightning/vendor/@locker/sandbox.js',
    'org/page': `${client}/platform/page.ts`,
    'org/apex': `${client}/platform/apex.ts`,
    ...Object.fromEntries(baseModules().map((name) => [name, `/lightning/vendor/${name}.js`])),
    ...Object.fromEntries(OWN_MODULES.map((name) => [`lightning/${name}`, `${client}/platform/${fileName(name)}.ts`])),
  };
}

function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

function nameOf(world: ShellWorld, object: 'User' | 'Organization', id: string): string {
  const soql = `SELECT Name FROM ${object} WHERE Id = ${quoted(id)}`;
  return textOf(world.org.prepare(soql, platformSession(world.org)).run().rows[0]?.values.get('Name'));
}

/** Whether what is at an address is made of components; the lists and forms of records are the shell's own. */
function hasComponents(pathname: string, apps: readonly AppInfo[]): boolean {
  const [, kind, name] = /^\/lightning\/(\w+)\/(\w+)/.exec(pathname) ?? [];
  const tabs = apps.flatMap((app) => app.tabs);
  const tab = kind === 'n' ? tabs.find(({ apiName }) => apiName === name) : tabs[0];
  return kind === 'r' || kind === 'cmp' || (kind !== 'o' && tab !== undefined && tab.kind !== 'object');
}

/** The scripts that the page is certain to ask for. */
function preloads(
  components: { readonly address: string; readonly imports: readonly string[] } | undefined,
  client: string,
  map: Readonly<Record<string, string>>,
): string {
  const named = (components?.imports ?? []).flatMap((name) => map[name] ?? []);
  const own = allImported([`${client}/main.ts`], map, client);
  const theirs = allImported(named, map, client).filter((address) => !own.includes(address));
  return [...own, ...(components ? [components.address] : []), ...theirs]
    .map((address) => `<link rel="modulepreload" href="${escapeHtml(address)}">`)
    .join('');
}

/** The one document of the shell; what it shows is decided by its address, in the browser. */
export function shellDocument(world: ShellWorld, session: Session, compiler: Compiler, url: URL): string {
  const sandboxed = url.searchParams.get('lws') === 'true';
  const components = `/lightning/components.js?sandboxed=${sandboxed}&key=${compiler.key(sandboxed)}`;
  const client = `/lightning/client/v-${clientVersion()}`;
  const map = importMap(client);
  const permissions = permissionsOf(world, session.userId);
  const page = {
    userId: session.userId,
    userName: nameOf(world, 'User', session.userId),
    orgId: world.org.id,
    orgName: nameOf(world, 'Organization', world.org.id),
    apps: appsOf(world, session, permissions),
    customPermissions: permissions.custom,
    userPermissions: permissions.user,
    sandboxed,
    components,
  };
  // The sandbox takes its components as a script, not as a module.
  const isPreloaded = !sandboxed && hasComponents(url.pathname, page.apps);
  const preloaded = isPreloaded ? { address: components, imports: compiler.imports(sandboxed) } : undefined;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.orgName)}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/lightning/assets/slds.css"><link rel="stylesheet" href="${client}/shell.css">
<script src="/lightning/vendor/synthetic-shadow.js"></script>
<script type="importmap">${json({ imports: map })}</script>
${preloads(preloaded, client, map)}
<script type="application/json" id="org-page">${json(page)}</script>
</head><body class="slds-scope"><script type="module" src="${client}/main.ts"></script></body></html>`;
}
