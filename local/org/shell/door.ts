import type { Context, Hono } from 'hono';
import { answerApex } from './apex-door.ts';
import { createCompiler } from './compile/index.ts';
import type { Compiler } from './compile/index.ts';
import { shellDocument } from './document.ts';
import { eventStream } from './event-stream.ts';
import { clientFile, FOREVER, iconFile, staticResource, styleSheet, vendorFile } from './files.ts';
import { loginPage, mayLogIn } from './login-page.ts';
import { createLightningSessions } from './sessions.ts';
import { iconOfObject, pageLayout, recordPageOf } from './setup/index.ts';
import type { ShellWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';
import { errorBody, isRecord } from '../http/index.ts';
import { answerUiApi } from '../ui-api/index.ts';

const SCRIPT = { 'content-type': 'text/javascript;charset=UTF-8', 'cache-control': 'no-cache' };

function missing(): OrgError {
  return new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

function refusal(error: OrgError): Response {
  return Response.json(errorBody(error), { status: error.status });
}

function found(response: Response | undefined): Response {
  return response ?? refusal(missing());
}

/** Paths of the shell stay in the shell: where a login leads is never another host. */
function localPath(path: string): string {
  return /^\/lightning\/[\w\-/%.?=&]*$/.test(path) ? path : '/lightning/page/home';
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The shell reads application/json here');
  }
  const value: unknown = await request.json();
  if (isRecord(value)) return value;
  throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must be a JSON object');
}

/** A deployed page with what its browser needs of it; `object` is the page's object, for record pages. */
function recordPage(world: ShellWorld, session: Session, query: URLSearchParams): unknown {
  const object = world.org.schemaFor(session).objectOfId(query.get('recordId') ?? '');
  if (!object) throw missing();
  const apiName = recordPageOf(world, object.name, query.get('app'));
  return {
    objectApiName: object.name,
    label: object.label,
    icon: iconOfObject(world, object.name),
    page: apiName === undefined ? null : pageLayout(world, apiName),
  };
}

/** What pages ask of the org, all below `/lightning/api`, as the user of the cookie. */
async function answerPage(world: ShellWorld, session: Session, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const segments = url.pathname
    .replace(/^\/lightning\/api\//, '')
    .split('/')
    .map(decodeURIComponent);
  const [resource, first = '', second = ''] = segments;
  switch (resource) {
    case 'ui-api': {
      const { method, headers } = request;
      const body = method === 'GET' ? '' : await request.text();
      const call = { method, segments, query: url.searchParams, headers, body, session, dml: world.dmlOf(session) };
      const answer = answerUiApi({ org: world.org, components: world.components }, call);
      if (method !== 'GET') await world.org.whenCommitted();
      if (answer.body === undefined) return new Response(null, { status: answer.status });
      return Response.json(answer.body, { status: answer.status });
    }
    case 'apex': {
      const parameters = await bodyOf(request);
      const answer = answerApex(world, session, first, second, parameters);
      await world.org.whenCommitted();
      return answer;
    }
    case 'events':
      return eventStream(world, session, url.searchParams, request.signal);
    case 'page':
      return Response.json(pageLayout(world, first));
    case 'record-page':
      return Response.json(recordPage(world, session, url.searchParams));
    case 'graphql':
      throw new OrgError(501, 'NOT_IMPLEMENTED', 'not yet: the local org answers no GraphQL; use the UI API or Apex');
    default:
      throw missing();
  }
}

async function components(compiler: Compiler, request: Request, sandboxed: boolean): Promise<Response> {
  const { code, exposed, warnings, key } = await compiler.compiled(sandboxed);
  const isOfKey = new URL(request.url).searchParams.get('key') === key;
  const headers = { ...SCRIPT, etag: `"${key}"`, ...(isOfKey && { 'cache-control': FOREVER }) };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  const told = warnings.map((warning) => `console.warn(${JSON.stringify(warning)});\n`).join('');
  const names = `\n// Components ${key}: ${exposed.join(', ')}\n`;
  return new Response(told + code + names, { headers });
}

/** A page without a component is worth more than none: what does not compile is told where it would be shown. */
function broken(error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error);
  return new Response(`throw new Error(${JSON.stringify(message)});`, { headers: SCRIPT });
}

/**
 * The Lightning-like shell of the org: `/lightning/…`, with a login page in place of passwords. Its sessions are its
 * own: they open nothing below `/services`.
 */
export function addShellDoor(app: Hono, world: ShellWorld): void {
  const sessions = createLightningSessions(world.org);
  const compiler = createCompiler(world.org, world.components);
  const rest = (context: Context, prefix: string): string => context.req.path.slice(prefix.length);
  app.get('/', (context) => context.redirect('/lightning/page/home'));
  app.get('/lightning/login', (context) => context.html(loginPage(world, localPath(context.req.query('from') ?? ''))));
  app.post('/lightning/login', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const userId = form.get('user') ?? '';
    if (!mayLogIn(world, userId)) return context.html(loginPage(world, '/lightning/page/home'), 401);
    context.header('set-cookie', sessions.open(userId, context.req.raw));
    return context.redirect(localPath(form.get('from') ?? ''), 303);
  });
  app.post('/lightning/logout', (context) => {
    context.header('set-cookie', sessions.close(context.req.raw));
    return context.redirect('/lightning/login', 303);
  });
  app.get('/lightning/client/*', (context) => found(clientFile(rest(context, '/lightning/client/'))));
  app.get('/lightning/vendor/*', async (context) => found(await vendorFile(rest(context, '/lightning/vendor/'))));
  app.get('/lightning/assets/slds.css', () => styleSheet());
  app.get('/assets/icons/*', (context) => found(iconFile(rest(context, '/assets/icons/'))));
  app.get('/resource/:name', (context) => found(staticResource(world, context.req.param('name'))));
  app.get('/lightning/components.js', (context) => {
    if (!sessions.of(context.req.raw)) return refusal(new OrgError(401, 'INVALID_SESSION_ID', 'Log in first'));
    return components(compiler, context.req.raw, context.req.query('sandboxed') === 'true').catch(broken);
  });
  app.all('/lightning/api/*', async (context) => {
    const session = sessions.of(context.req.raw);
    try {
      if (!session) throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      return await answerPage(world, session, context.req.raw);
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      return refusal(error);
    }
  });
  app.get('/lightning/*', (context) => {
    const session = sessions.of(context.req.raw);
    const url = new URL(context.req.url);
    if (!session) return context.redirect(`/lightning/login?from=${encodeURIComponent(url.pathname + url.search)}`);
    return context.html(shellDocument(world, session, compiler, url));
  });
  app.get('/lightning', (context) => context.redirect('/lightning/page/home'));
}
