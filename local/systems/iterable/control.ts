import { Hono } from 'hono';
import { z } from 'zod';
import type { Door } from './door.ts';
import { dialSchema, type Dial, type Faults } from './faults.ts';
import { uniqueFieldLimit, type Project } from './project.ts';
import type { LoggedRequest, Statistics } from './statistics.ts';
import type { Fields } from './field-types.ts';

export interface ControlledUser {
  readonly email: string | undefined;
  readonly userId: string | undefined;
  /** What was written, without the fields that Iterable keeps itself. */
  readonly dataFields: Fields;
}

/** What a test or a page may see and set, apart from Iterable's own API. */
export interface Control {
  users(): Iterable<ControlledUser>;
  stats(): Record<string, unknown>;
  requests(): readonly LoggedRequest[];
  dial(): Required<Dial>;
  setFaults(dial: Dial): void;
  clearUsers(): void;
}

export function createControl(project: Project, door: Door, faults: Faults, statistics: Statistics): Control {
  return {
    *users() {
      for (const { email, userId, dataFields } of project.users.all()) yield { email, userId, dataFields };
    },
    stats: () => ({
      requests: statistics.requests,
      throttled: statistics.throttled,
      users: project.users.count,
      fields: project.types.size,
      fieldLimit: uniqueFieldLimit,
      mode: project.options.mode,
      lateApplied: statistics.lateApplied,
      latePending: door.pending,
      duplicatesApplied: statistics.duplicatesApplied,
      endpoints: statistics.endpoints,
      faults: statistics.faults,
      dial: faults.dial,
    }),
    requests: () => statistics.log,
    dial: () => faults.dial,
    setFaults: (dial) => faults.set(dial),
    clearUsers() {
      project.users.clear();
      project.lists.clear();
    },
  };
}

const chunkSize = 500;

/** One user a line, read as the reader asks for more. */
function userLines(users: Iterable<ControlledUser>, search: string, most: number): ReadableStream<Uint8Array> {
  const iterator = users[Symbol.iterator]();
  const encoder = new TextEncoder();
  let left = most;
  return new ReadableStream({
    pull(controller) {
      let lines = '';
      for (let count = 0; count < chunkSize && left > 0;) {
        const next = iterator.next();
        if (next.done === true) {
          left = 0;
          break;
        }
        const line = JSON.stringify(next.value);
        if (search !== '' && !line.toLowerCase().includes(search)) continue;
        lines += `${line}\n`;
        left--;
        count++;
      }
      if (lines !== '') controller.enqueue(encoder.encode(lines));
      if (left === 0) controller.close();
    },
  });
}

/** A page of another site must not reach the control API through the browser of whoever runs it. */
function isForeign(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin !== null && origin !== new URL(request.url).origin;
}

/** The control API over HTTP, to be mounted at `/control`. */
export function controlRoutes(control: Control): Hono {
  const routes = new Hono();
  routes.use('*', async (context, next) => {
    if (isForeign(context.req.raw)) return context.json({ error: 'the control API answers its own page only' }, 403);
    return next();
  });
  routes.get('/users', (context) => {
    const search = (context.req.query('search') ?? '').toLowerCase();
    const limit = context.req.query('limit');
    const stream = userLines(control.users(), search, limit === undefined ? Infinity : Number(limit));
    return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
  });
  routes.delete('/users', (context) => {
    control.clearUsers();
    return context.json(control.stats());
  });
  routes.get('/stats', (context) => context.json(control.stats()));
  routes.get('/requests', (context) => context.json(control.requests()));
  routes.post('/faults', async (context) => {
    let body: unknown;
    try {
      body = await context.req.json();
    } catch {
      return context.json({ error: 'the dial must be a JSON object' }, 400);
    }
    const dial = dialSchema.safeParse(body);
    if (!dial.success) return context.json({ error: z.prettifyError(dial.error) }, 400);
    control.setFaults(dial.data);
    return context.json(control.dial());
  });
  return routes;
}
