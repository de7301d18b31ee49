import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtVendorFolder, packageFolder, vendorFolder } from './vendor/index.ts';
import type { ShellWorld } from './world.ts';

const CLIENT = fileURLToPath(new URL('client/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css;charset=UTF-8',
  '.gif': 'image/gif',
  '.html': 'text/html;charset=UTF-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript;charset=UTF-8',
  '.json': 'application/json;charset=UTF-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript;charset=UTF-8',
};

/** Packages do not change while the org runs; a browser may keep them. */
const KEEP = 'public, max-age=3600';

/** What is at an address that changes with it: it is never asked for again, and a browser keeps what it compiled of it. */
export const FOREVER = 'private, max-age=31536000, immutable';

function respond(path: string, body: string | Uint8Array, cache = 'no-cache'): Response {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Response(bytes, { headers: { 'content-type': type, 'cache-control': cache } });
}

/** A path below a folder, undefined when it leads out of it or to nothing. */
function fileBelow(folder: string, path: string): string | undefined {
  const file = join(folder, normalize(`/${path}`));
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

const scripts = new Map<string, { readonly modified: number; readonly code: string }>();

/** A script of the shell itself, with its types blanked out. */
function clientScript(file: string): string {
  const modified = statSync(file).mtimeMs;
  const known = scripts.get(file);
  if (known?.modified === modified) return known.code;
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  scripts.set(file, { modified, code });
  return code;
}

/** Differs as soon as a file of the shell's client does. */
export function clientVersion(): string {
  const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).sort();
  const stamps = files.map((name) => `${name} ${statSync(join(CLIENT, name)).mtimeMs}`);
  return createHash('sha256').update(stamps.join('\n')).digest('hex').slice(0, 12);
}

const VERSIONED = /^v-(\w+)\//;

/** `/lightning/client/…`; below `v-<version>/` a browser may keep what that version is. */
export function clientFile(path: string): Response | undefined {
  const file = fileBelow(CLIENT, path.replace(VERSIONED, ''));
  if (file === undefined) return undefined;
  const isVersion = VERSIONED.exec(path)?.[1] === clientVersion();
  return respond(file, file.endsWith('.ts') ? clientScript(file) : readFileSync(file), isVersion ? FOREVER : undefined);
}

/** The text of a script of the page by its address; undefined when it is not there, or has not been built yet. */
export function scriptAt(address: string): string | undefined {
  const [, kind, path = ''] = /^\/lightning\/(client|vendor)\/(.*)$/.exec(address) ?? [];
  const folder = kind === 'client' ? CLIENT : builtVendorFolder();
  const file = kind && folder && fileBelow(folder, path.replace(VERSIONED, ''));
  if (!file) return undefined;
  return kind === 'client' ? clientScript(file) : readFileSync(file, 'utf8');
}

/** `/lightning/vendor/…`: waits for the build of the base components when these packages have not been built yet. */
export async function vendorFile(path: string): Promise<Response | undefined> {
  const file = fileBelow(await vendorFolder(), path);
  return file === undefined ? undefined : respond(file, readFileSync(file), KEEP);
}

/** The style sheet of the design system: SLDS 2 with its theme Cosmos. */
export function styleSheet(): Response {
  const file = join(packageFolder('@salesforce-ux/design-system-2'), 'dist/css/bundled/slds2.cosmos.css');
  return respond(file, readFileSync(file), KEEP);
}

/** `/assets/icons/…`: the sprites of the design system. */
export function iconFile(path: string): Response | undefined {
  const file = fileBelow(join(packageFolder('@salesforce-ux/design-system'), 'assets/icons'), path);
  return file === undefined ? undefined : respond(file, readFileSync(file), KEEP);
}

/** `/resource/<name>`: a deployed static resource. */
export function staticResource(world: ShellWorld, name: string): Response | undefined {
  const resource = world.components.get('StaticResource', name);
  const [bytes] = resource?.content.values() ?? [];
  if (!resource || !bytes) return undefined;
  const type = resource.elements.find((element) => element.name === 'contentType')?.text.trim();
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': type ?? 'application/octet-stream' } });
}
