import type { Hono } from 'hono';
import type { ServerWorld } from './world.ts';
import { answerAuthorize, answerToken, identity, userById, userInfo } from '../oauth/index.ts';
import type { OrgUser } from '../oauth/index.ts';

function originOf(url: string): string {
  return new URL(url).origin;
}

function callerOf(world: ServerWorld, request: Request): OrgUser | undefined {
  const header = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const token = header ?? new URL(request.url).searchParams.get('access_token') ?? '';
  const userId = world.sessions.authenticate(token);
  return userId === undefined ? undefined : userById(world.org, userId);
}

/** `/services/oauth2/*` and `/id/*`. */
export function addOauthDoor(app: Hono, world: ServerWorld): void {
  app.post('/services/oauth2/token', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    for (const [name, value] of new URL(context.req.url).searchParams) if (!form.has(name)) form.set(name, value);
    const answer = answerToken(world, form, originOf(context.req.url), context.req.header('authorization') ?? null);
    return Response.json(answer.body, { status: answer.status, headers: { 'cache-control': 'no-store' } });
  });
  app.on(['GET', 'POST'], '/services/oauth2/authorize', async (context) => {
    const form = context.req.method === 'POST' ? new URLSearchParams(await context.req.text()) : undefined;
    const answer = answerAuthorize(world, new URL(context.req.url).searchParams, form);
    if (answer.status === 302) return context.redirect(answer.location, 302);
    return context.html(answer.html, answer.status);
  });
  app.on(['GET', 'POST'], '/services/oauth2/revoke', async (context) => {
    const form = new URLSearchParams(context.req.method === 'POST' ? await context.req.text() : '');
    const token = form.get('token') ?? context.req.query('token') ?? '';
    if (world.sessions.revoke(token)) return new Response(null, { status: 200 });
    const body = { error: 'invalid_token', error_description: 'the specified token was not found' };
    return Response.json(body, { status: 400 });
  });
  app.on(['GET', 'POST'], '/services/oauth2/userinfo', (context) => {
    const user = callerOf(world, context.req.raw);
    if (!user) return new Response('Bad_OAuth_Token', { status: 403 });
    return Response.json(userInfo(world.org, user, originOf(context.req.url)));
  });
  app.get('/id/:org/:user', (context) => {
    const caller = callerOf(world, context.req.raw);
    if (!caller) return new Response('Bad_OAuth_Token', { status: 403 });
    const org = context.req.param('org');
    const user = userById(world.org, context.req.param('user'));
    if (org.slice(0, 15) !== world.org.id.slice(0, 15) || !user) return new Response('Bad_Id', { status: 404 });
    return Response.json(identity(world.org, user, originOf(context.req.url)));
  });
}
