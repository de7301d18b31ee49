import { Hono } from 'hono';
import { guard, lines, taking, type Door, type LoggedRequest, type Statistics } from '../kit/index.ts';
import { dialSchema, type Dial, type IterableFaults } from './dial.ts';
import { uniqueFieldLimit, type Project } from './project.ts';
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

export function createControl(
  project: Project,
  door: Door<Project>,
  faults: IterableFaults,
  statistics: Statistics,
): Control {
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

/** The control API over HTTP, to be mounted at `/control`. */
export function controlRoutes(control: Control): Hono {
  const routes = new Hono();
  routes.use('*', guard);
  routes.get(
    '/users',
    lines(() => control.users()),
  );
  routes.delete('/users', (context) => {
    control.clearUsers();
    return context.json(control.stats());
  });
  routes.get('/stats', (context) => context.json(control.stats()));
  routes.get('/requests', (context) => context.json(control.requests()));
  routes.post(
    '/faults',
    taking(dialSchema, (dial) => {
      control.setFaults(dial);
      return control.dial();
    }),
  );
  return routes;
}
