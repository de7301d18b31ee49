import type { Hono } from 'hono';
import { z } from 'zod';
import { refreshSandbox } from './refresh.ts';
import type { ServerWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import { hashSecret, userById, userByName } from '../oauth/index.ts';

const appBody = z.strictObject({
  clientId: z.string().min(1),
  certificatePem: z.string().optional(),
  preAuthorisedUsers: z.array(z.string()).default([]),
  runAsUser: z.string().optional(),
  clientSecret: z.string().optional(),
  callbackUrls: z.array(z.url()).optional(),
  requirePkce: z.boolean().optional(),
  name: z.string().optional(),
  dailyApiRequests: z.int().min(0).optional(),
});
const tokenBody = z.strictObject({
  user: z.string(),
  refreshFor: z.string().optional(),
  clientId: z.string().optional(),
  page: z.boolean().optional(),
});
const faultBody = z.strictObject({
  faults: z
    .array(
      z.strictObject({
        kind: z.enum(['cutBefore', 'cutAfter', 'slow', 'unavailable']),
        path: z.string().optional(),
        method: z.string().optional(),
        skip: z.int().min(0).optional(),
        times: z.int().min(1).optional(),
        milliseconds: z.number().min(0).optional(),
      }),
    )
    .default([]),
  locks: z.array(z.strictObject({ values: z.array(z.string()).min(1), times: z.int().min(1).optional() })).default([]),
  triggers: z
    .array(z.strictObject({ object: z.string(), mostRecords: z.int().min(0), times: z.int().min(1).optional() }))
    .default([]),
  queries: z.array(z.strictObject({ matching: z.string().optional(), times: z.int().min(1).optional() })).default([]),
  delayCommitsMilliseconds: z.number().min(0).optional(),
});
const gapBody = z.strictObject({
  object: z.string(),
  recordIds: z.array(z.string()).default([]),
  type: z.enum(['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW']),
});
const limitBody = z.strictObject({
  dailyApiRequests: z.int().min(0).optional(),
  resultPageRows: z.int().min(1).optional(),
  dailyDeliveredEvents: z.int().min(0).optional(),
  dataStorageMegabytes: z.int().min(0).optional(),
  longRequests: z.int().min(1).optional(),
});

const clockBody = z.strictObject({ advanceMilliseconds: z.number().min(0) });

function userId(world: ServerWorld, nameOrId: string): string {
  const user = userByName(world.org, nameOrId) ?? userById(world.org, nameOrId);
  if (!user) throw new OrgError(400, 'NOT_FOUND', `The org has no user ${nameOrId}; give a user name or an ID`);
  return user.id;
}

async function read<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OrgError(400, 'JSON_PARSER_ERROR', `The body is no JSON: ${error.message}`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new OrgError(400, 'INVALID_INPUT', z.prettifyError(parsed.error));
  return parsed.data;
}

/** `/local/*`: what only a local org has, for tests and demonstrations. Nothing of it exists under `/services`. */
export function addControlDoor(app: Hono, world: ServerWorld): void {
  const { faults, sessions } = world;
  app.get('/.well-known/plumbline-local-org', (context) => context.json({ pubsub: world.pubSub ?? null }));
  app.get('/local/stats', (context) =>
    context.json({
      apiCalls: world.usage.total,
      dailyApiRequests: { used: world.usage.used, limit: world.usage.limit },
      ...world.log.stats(),
    }),
  );
  app.get('/local/requests', (context) => context.json(world.log.last(Number(context.req.query('last') ?? 100))));
  app.post('/local/apps', async (context) => {
    const body = await read(context.req.raw, appBody);
    const { clientId, certificatePem, preAuthorisedUsers, runAsUser, clientSecret, callbackUrls, requirePkce } = body;
    world.apps.register({
      clientId,
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.dailyApiRequests === undefined ? {} : { dailyApiRequests: body.dailyApiRequests }),
      preAuthorisedUserIds: preAuthorisedUsers.map((user) => userId(world, user)),
      ...(certificatePem === undefined ? {} : { certificatePem }),
      ...(runAsUser === undefined ? {} : { runAsUserId: userId(world, runAsUser) }),
      ...(callbackUrls === undefined ? {} : { callbackUrls }),
      ...(requirePkce === undefined ? {} : { requirePkce }),
      ...(clientSecret === undefined ? {} : { clientSecretHash: hashSecret(clientSecret) }),
    });
    return context.json({ clientId }, 201);
  });
  app.post('/local/tokens', async (context) => {
    const { user, refreshFor, clientId, page = false } = await read(context.req.raw, tokenBody);
    const id = userId(world, user);
    const refreshToken = refreshFor === undefined ? undefined : sessions.issueRefresh(id, refreshFor);
    const refresh = refreshToken === undefined ? {} : { refreshToken };
    return context.json({ accessToken: sessions.issue(id, { refreshToken, clientId, page }), ...refresh }, 201);
  });
  app.post('/local/refresh', (context) => {
    refreshSandbox(world);
    return context.json({ orgId: world.org.id });
  });
  app.get('/local/clock', (context) => context.json({ now: new Date(world.org.clock.now()).toISOString() }));
  app.post('/local/clock', async (context) => {
    const { advanceMilliseconds } = await read(context.req.raw, clockBody);
    const { clock } = world.org;
    if (!clock.advance) throw new OrgError(400, 'INVALID_OPERATION', "This org's clock cannot be moved");
    clock.advance(advanceMilliseconds);
    return context.json({ now: new Date(clock.now()).toISOString() });
  });
  app.post('/local/sessions/expire', (context) => context.json({ expired: sessions.expireAll() }));
  app.get('/local/faults', (context) => context.json({ faults: faults.pending }));
  app.delete('/local/faults', (context) => {
    faults.clear();
    world.org.delayCommits(0);
    return context.body(null, 204);
  });
  app.post('/local/faults', async (context) => {
    const body = await read(context.req.raw, faultBody);
    for (const fault of body.faults) faults.add(fault);
    for (const lock of body.locks) faults.lock(lock);
    for (const load of body.triggers) faults.overload(load);
    for (const query of body.queries) faults.timeOut(query);
    if (body.delayCommitsMilliseconds !== undefined) world.org.delayCommits(body.delayCommitsMilliseconds);
    return context.json({ faults: faults.pending });
  });
  app.post('/local/events/gap', async (context) => {
    const { object, recordIds, type } = await read(context.req.raw, gapBody);
    world.events.gap(object, recordIds, type);
    return context.json({ latest: world.events.latest }, 201);
  });
  app.post('/local/limits', async (context) => {
    const body = await read(context.req.raw, limitBody);
    const { dailyApiRequests, resultPageRows, dailyDeliveredEvents, dataStorageMegabytes, longRequests } = body;
    if (dailyApiRequests !== undefined) world.usage.limit = dailyApiRequests;
    if (resultPageRows !== undefined) world.resultPageRows = resultPageRows;
    if (dailyDeliveredEvents !== undefined) world.events.dailyAllocation = dailyDeliveredEvents;
    if (dataStorageMegabytes !== undefined) world.storage.limitMegabytes = dataStorageMegabytes;
    if (longRequests !== undefined) world.longRequests.limit = longRequests;
    return context.json({ dailyApiRequests: world.usage.limit, resultPageRows: world.resultPageRows });
  });
}
