import { escapeHtml } from './login-page.ts';
import { appsOf, permissionsOf } from './setup/index.ts';
import { baseModules, OWN_MODULES } from './vendor/index.ts';
import { platformSession, quoted, textOf } from './world.ts';
import type { ShellWorld } from './world.ts';
import type { Session } from '../core/index.ts';

function fileName(module: string): string {
  return module.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a page finds each module that it imports by name. */
function importMap(): Record<string, string> {
  return {
    lwc: '/lightning/vendor/lwc.js',
    '@locker/sandbox': '/lightning/vendor/@locker/sandbox.js',
    'org/page': '/lightning/client/platform/page.ts',
    'org/apex': '/lightning/client/platform/apex.ts',
    ...Object.fromEntries(baseModules().map((name) => [name, `/lightning/vendor/${name}.js`])),
    ...Object.fromEntries(
      OWN_MODULES.map((name) => [`lightning/${name}`, `/lightning/client/platform/${fileName(name)}.ts`]),
    ),
  };
}

function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

function nameOf(world: ShellWorld, object: 'User' | 'Organization', id: string): string {
  const soql = `SELECT Name FROM ${object} WHERE Id = ${quoted(id)}`;
  return textOf(world.org.prepare(soql, platformSession(world.org)).run().rows[0]?.values.get('Name'));
}

/** The one document of the shell; what it shows is decided by its address, in the browser. */
export function shellDocument(world: ShellWorld, session: Session, sandboxed: boolean): string {
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
  };
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.orgName)}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/lightning/assets/slds.css"><link rel="stylesheet" href="/lightning/client/shell.css">
<script src="/lightning/vendor/synthetic-shadow.js"></script>
<script type="importmap">${json({ imports: importMap() })}</script>
<script type="application/json" id="org-page">${json(page)}</script>
</head><body class="slds-scope"><script type="module" src="/lightning/client/main.ts"></script></body></html>`;
}
