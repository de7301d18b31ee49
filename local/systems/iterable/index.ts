import { Hono } from 'hono';
import { realClock, type SystemClock } from '../clock.ts';
import { Door, Faults, Statistics } from '../kit/index.ts';
import { failure } from './answer.ts';
import type { CallDefinition } from './calls.ts';
import { controlRoutes, createControl, type Control } from './control.ts';
import type { IterableLimits } from './dial.ts';
import { listCalls } from './list-calls.ts';
import { page } from './page.ts';
import { Project } from './project.ts';
import { iterableProtocol } from './protocol.ts';
import { subscriptionCalls } from './subscription-calls.ts';
import { userChanges } from './user-changes.ts';
import { userReads } from './user-reads.ts';
import { userWrites } from './user-writes.ts';
import type { IdentityMode } from './users.ts';

export type { Control, ControlledUser } from './control.ts';
export type { Dial } from './dial.ts';
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
  const faults = new Faults<IterableLimits>(options.seed ?? 1, options.limits ?? {});
  const statistics = new Statistics();
  const protocol = iterableProtocol(new Set(options.apiKeys), project, faults);
  const door = new Door({ protocol, clock, faults, statistics }, project);
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
