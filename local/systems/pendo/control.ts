import { Hono } from 'hono';
import { z } from 'zod';
import { guard, lines, taking, type Door, type LoggedRequest, type Statistics } from '../kit/index.ts';
import { pendoDialSchema, type PendoDial, type PendoFaults } from './dial.ts';
import { edits, entityEditSchema, fieldEditSchema, visitorEditSchema, type Edits } from './edits.ts';
import type { Entity, Metadata } from './entities.ts';
import { generate, type Generation } from './generate.ts';
import { habitsSchema, type Habits } from './habits.ts';
import { reportSchema } from './reports.ts';
import { segmentSchema } from './segments.ts';
import type { Subscription } from './subscription.ts';

export interface ControlledAccount {
  readonly id: string;
  /** By group; without what Pendo computes. */
  readonly metadata: Metadata;
}

export interface ControlledVisitor extends ControlledAccount {
  readonly accountIds: readonly string[];
}

/** What a test or a page may see and do, apart from Pendo's own API. */
export interface PendoControl extends Edits {
  accounts(): Iterable<ControlledAccount>;
  visitors(): Iterable<ControlledVisitor>;
  stats(): Record<string, unknown>;
  requests(): readonly LoggedRequest[];
  dial(): Required<PendoDial>;
  setFaults(dial: PendoDial): void;
  habits(): Habits;
  /** What is absent stays as it is. */
  setHabits(habits: Partial<Habits>): void;
  generate(generation: Generation): void;
  /** Forgets all accounts and visitors; fields, reports, segments and keys stay. */
  clear(): void;
}

export function createControl(
  subscription: Subscription,
  door: Door<Subscription>,
  faults: PendoFaults,
  statistics: Statistics,
): PendoControl {
  const shown = ({ id, metadata }: Entity): ControlledAccount => ({ id, metadata });
  return {
    ...edits(subscription),
    *accounts() {
      for (const account of subscription.accounts.all()) yield shown(account);
    },
    *visitors() {
      for (const visitor of subscription.visitors.all()) yield { ...shown(visitor), accountIds: visitor.accountIds };
    },
    stats: () => ({
      requests: statistics.requests,
      throttled: statistics.throttled,
      accounts: subscription.accounts.count,
      visitors: subscription.visitors.count,
      ...subscription.counts,
      lateApplied: statistics.lateApplied,
      latePending: door.pending,
      duplicatesApplied: statistics.duplicatesApplied,
      endpoints: statistics.endpoints,
      faults: statistics.faults,
      dial: faults.dial,
      habits: subscription.habits,
    }),
    requests: () => statistics.log,
    dial: () => faults.dial,
    setFaults: (dial) => faults.set(dial),
    habits: () => subscription.habits,
    setHabits(habits) {
      subscription.habits = { ...subscription.habits, ...habits };
    },
    generate: (generation) => generate(subscription, generation),
    clear: () => subscription.clear(),
  };
}

const generationSchema = z.strictObject({
  accounts: z.union([z.number().int().min(0).max(1_000_000), z.array(z.string().min(1)).max(100_000)]),
  visitors: z.number().int().min(0).max(2_000_000),
  seed: z.number().int().optional(),
});

/** The control API over HTTP, to be mounted at `/control`. */
export function controlRoutes(control: PendoControl): Hono {
  const routes = new Hono();
  const done = (act: () => void): Record<string, unknown> => {
    act();
    return { done: true };
  };
  routes.use('*', guard);
  routes.get(
    '/accounts',
    lines(() => control.accounts()),
  );
  routes.get(
    '/visitors',
    lines(() => control.visitors()),
  );
  routes.get(
    '/fields',
    lines(() => control.fields()),
  );
  routes.get(
    '/reports',
    lines(() => control.reports()),
  );
  routes.get(
    '/segments',
    lines(() => control.segments()),
  );
  routes.get('/stats', (context) => context.json(control.stats()));
  routes.get('/requests', (context) => context.json(control.requests()));
  routes.post(
    '/faults',
    taking(pendoDialSchema, (dial) => (control.setFaults(dial), control.dial())),
  );
  routes.post(
    '/habits',
    taking(habitsSchema.partial(), (habits) => {
      control.setHabits(Object.fromEntries(Object.entries(habits).filter(([, habit]) => habit !== undefined)));
      return control.habits();
    }),
  );
  routes.post(
    '/generate',
    taking(generationSchema, (generation) => done(() => control.generate(generation))),
  );
  routes.delete('/entities', (context) => context.json(done(() => control.clear())));
  routes.put(
    '/accounts/:id',
    taking(entityEditSchema, (edit, { id = '' }) => done(() => control.putAccount(id, edit))),
  );
  routes.put(
    '/visitors/:id',
    taking(visitorEditSchema, (edit, { id = '' }) => done(() => control.putVisitor(id, edit))),
  );
  routes.delete('/accounts/:id', (context) =>
    context.json({ removed: control.remove('account', context.req.param('id')) }),
  );
  routes.delete('/visitors/:id', (context) =>
    context.json({ removed: control.remove('visitor', context.req.param('id')) }),
  );
  routes.put(
    '/fields',
    taking(fieldEditSchema, (field) => done(() => control.putField(field))),
  );
  routes.put(
    '/reports/:id',
    taking(reportSchema, (report, { id = '' }) => done(() => control.putReport(id, report))),
  );
  routes.delete('/reports/:id', (context) => context.json({ removed: control.removeReport(context.req.param('id')) }));
  routes.put(
    '/segments/:id',
    taking(segmentSchema, (segment, { id = '' }) => done(() => control.putSegment(id, segment))),
  );
  routes.put(
    '/keys/:key',
    taking(z.strictObject({ write: z.boolean(), revoked: z.boolean() }), (key, { key: name = '' }) =>
      done(() => control.putKey(name, key)),
    ),
  );
  return routes;
}
