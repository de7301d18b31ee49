import { Hono } from 'hono';
import { realClock, type SystemClock } from '../clock.ts';
import { Door, Faults, Statistics } from '../kit/index.ts';
import { aggregationCalls } from './aggregation/index.ts';
import { forbidden } from './answer.ts';
import type { CallDefinition } from './calls.ts';
import { controlRoutes, createControl, type PendoControl } from './control.ts';
import type { PendoLimits } from './dial.ts';
import { entityCalls } from './entity-calls.ts';
import { usualHabits, type Habits } from './habits.ts';
import { metadataCalls } from './metadata-calls.ts';
import { page } from './page.ts';
import { pendoProtocol, regionHosts, type Region } from './protocol.ts';
import { reportCalls } from './report-calls.ts';
import { Subscription, type IntegrationKey } from './subscription.ts';

export type { ControlledAccount, ControlledVisitor, PendoControl } from './control.ts';
export type { Region } from './protocol.ts';

export interface LocalPendoOptions {
  /** Integration keys, and whether each may write. */
  readonly keys: Readonly<Record<string, { readonly write: boolean }>>;
  readonly clock?: SystemClock;
  /** Where the subscription lives; `us` when absent. At the hosts of the other regions no key counts. */
  readonly region?: Region;
  readonly habits?: Partial<Habits>;
  readonly limits?: PendoLimits;
  /** Of the faults; 1 when absent. */
  readonly seed?: number;
}

export interface LocalPendo {
  /** Pendo's API, the control API under `/control`, a page at `/`. Rejects with `ConnectionCut`, a TypeError, when a fault cuts the connection. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly control: PendoControl;
  /** Drops the writes that were still to be applied late. */
  close(): void;
}

const calls: readonly CallDefinition[] = [...metadataCalls, ...entityCalls, ...reportCalls, ...aggregationCalls];

/** One Pendo subscription in memory, that answers as Pendo does; what it does not know is a 404 that says so. */
export function createLocalPendo(options: LocalPendoOptions): LocalPendo {
  const clock = options.clock ?? realClock;
  const faults = new Faults<PendoLimits>(options.seed ?? 1, options.limits ?? {});
  const subscription = new Subscription({ ...usualHabits, ...options.habits }, clock, () => faults.limits);
  for (const [key, { write }] of Object.entries(options.keys)) {
    subscription.keys.set(key, { write, revoked: false } satisfies IntegrationKey);
  }
  const statistics = new Statistics();
  const protocol = pendoProtocol(subscription, faults);
  const door = new Door({ protocol, clock, faults, statistics }, subscription);
  const control = createControl(subscription, door, faults, statistics);

  const app = new Hono();
  const host = regionHosts[options.region ?? 'us'];
  const foreign = new Set<string>(Object.values(regionHosts).filter((each) => each !== host));
  app.use('/api/*', async (context, next) => {
    if (foreign.has(new URL(context.req.url).host)) return new Response(null, { status: forbidden.status });
    return next();
  });
  for (const definition of calls) {
    app.on(definition.method, definition.path, (context) =>
      door.receive(context.req.raw, definition, context.req.param() as Record<string, string>),
    );
  }
  app.route('/control', controlRoutes(control));
  app.get('/', (context) => context.html(page));
  app.notFound((context) => {
    const { method, path } = context.req;
    return context.text(`The local Pendo does not have ${method} ${path}`, 404);
  });
  app.onError((error) => {
    throw error;
  });
  return { fetch: async (request) => app.fetch(request), control, close: () => door.close() };
}
