import { Hono } from 'hono';
import { realClock, type SystemClock } from '../clock.ts';
import { failure } from './answer.ts';
import type { CallDefinition } from './calls.ts';
import { controlRoutes, createControl, type Control } from './control.ts';
import { Door } from './door.ts';
import { Faults } from './faults.ts';
import { listCalls } from './list-calls.ts';
import { page } from './page.ts';
import { Project } from './project.ts';
import { Statistics } from './statistics.ts';
import { subscriptionCalls } from './subscription-calls.ts';
import { userChanges } from './user-changes.ts';
import { userReads } from './user-reads.ts';
import { userWrites } from './user-writes.ts';
import type { IdentityMode } from './users.ts';

export { ConnectionCut } from './door.ts';
export type { Control, ControlledUser } from './control.ts';
export type { Dial, Fault } from './faults.ts';
export type { LoggedRequest } from './statistics.ts';
export type { IdentityMode } from './users.ts';

export interface LocalIterableOptions {
  readonly apiKeys: readonly string[];
  readonly clock?: SystemClock;
  /** `email` when absent. */
  readonly mode?: IdentityMode;
  /** Whether a field of a wrong type fails its user alone (when absent) or the whole batch. */
  readonly typeMismatch?: 'user' | 'batch';
  /** Of the faults; 1 when absent. */
  readonly seed?: number;
  /** Lifts a limit from the start, as the dial does. */
  readonly limits?: { readonly bulkUpdatePerSecond?: number };
}

export interface LocalIterable {
  /** Iterable's API, the control API under `/control`, a page at `/`. Rejects with `ConnectionCut`, a TypeError, when a fault cuts the connection. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly control: Control;
  /** Drops the writes that were still to be applied late. */
  close(): void;
}

const calls: readonly CallDefinition[] = [
  ...userWrites,
  ...userReads,
  ...userChanges,
  ...subscriptionCalls,
  ...listCalls,
];

/** One Iterable project in memory, that answers as Iterable does; what it does not know is a 404. */
export function createLocalIterable(options: LocalIterableOptions): LocalIterable {
  const clock = options.clock ?? realClock;
  const project = new Project({ mode: options.mode ?? 'email', typeMismatch: options.typeMismatch ?? 'user' }, clock);
  const faults = new Faults(options.seed ?? 1);
  if (options.limits?.bulkUpdatePerSecond !== undefined) {
    faults.set({ limits: { bulkUpdatePerSecond: options.limits.bulkUpdatePerSecond } });
  }
  const statistics = new Statistics();
  const door = new Door({ apiKeys: new Set(options.apiKeys), clock, faults, statistics }, project);
  const control = createControl(project, door, faults, statistics);

  const app = new Hono();
  for (const definition of calls) {
    app.on(definition.method, definition.path, (context) =>
      door.receive(context.req.raw, definition, context.req.param() as Record<string, string>),
    );
  }
  app.route('/control', controlRoutes(control));
  app.get('/', (context) => context.html(page));
  app.notFound((context) => {
    const { method, path } = context.req;
    const { status, body } = failure(404, 'NotFound', `The local Iterable does not have ${method} ${path}`);
    return Response.json(body, { status });
  });
  app.onError((error) => {
    throw error;
  });
  return { fetch: async (request) => app.fetch(request), control, close: () => door.close() };
}
