import { checkDeployedApex, makeApex } from './apex.ts';
import { editionLimits } from './edition-limits.ts';
import { createFaultDial } from './faults.ts';
import { createLongRequests } from './long-requests.ts';
import { drawFrom } from './random.ts';
import { createRequestLog } from './request-log.ts';
import { createDataStorage } from './storage.ts';
import { tokenOf } from './token.ts';
import { createAppUsage, createUsage } from './usage.ts';
import type { ServerWorld } from './world.ts';
import { createTestRuns } from '../apex/index.ts';
import { createBatchDoor, createBulkDoor } from '../bulk/index.ts';
import { createCometd } from '../cometd/index.ts';
import { withSuffix } from '../core/index.ts';
import type { Edition, Org, Session } from '../core/index.ts';
import { createCursors } from '../http/index.ts';
import type { CallDml, RestWorld } from '../http/index.ts';
import {
  checkModifiesMetadata,
  createComponentStore,
  createDeployments,
  keepSetupRecords,
  managedSubscriptions,
  selectedEntities,
} from '../metadata/index.ts';
import type { ComponentStore } from '../metadata/index.ts';
import { createApps, createCodes, createSessions, userById } from '../oauth/index.ts';
import type { ClientApp } from '../oauth/index.ts';
import { EventBus } from '../pubsub/index.ts';

/** Rows of a Bulk result page when the caller asks for no number. */
const USUAL_RESULT_PAGE_ROWS = 250_000;

export interface WorldOptions {
  /** What the org was bought as; `enterprise` when absent. */
  readonly edition?: Edition;
  /** API requests in 24 hours; as the edition has them when absent. */
  readonly dailyApiRequests?: number;
  readonly resultPageRows?: number;
  /** Decides the org's IDs and those of its events; without it only event IDs differ each time. */
  readonly seed?: number;
}

/** IDs of what is not a record: jobs, deploys, locators. They tell the org by nothing but their own counter. */
function idMaker(): (keyPrefix: string) => string {
  let number = 0;
  return (keyPrefix) => {
    number += 1;
    return withSuffix(`${keyPrefix}L0${number.toString(36).padStart(10, '0')}`);
  };
}

/** Puts the doors round an org. A fork brings its components and apps with it. */
export function makeWorld(
  org: Org,
  options: WorldOptions,
  kept?: { readonly store: ComponentStore; readonly apps: readonly ClientApp[] },
): ServerWorld {
  const nextId = idMaker();
  const sessions = createSessions(org);
  const faults = createFaultDial();
  const store = kept?.store ?? createComponentStore(nextId);
  const events = new EventBus(org, { random: drawFrom(options.seed) });
  const followDeploys = (): void => {
    const { standard, channels, enriched } = selectedEntities(store);
    events.selectEntities(standard, channels, enriched);
    events.managed.replace(managedSubscriptions(store));
  };
  followDeploys();
  const limits = editionLimits[options.edition ?? 'enterprise'];
  const usage = createUsage(org.clock, options.dailyApiRequests ?? limits.dailyApiRequests);
  const apps = createApps(kept?.apps);
  const appUsage = createAppUsage(org.clock, apps);
  const storage = createDataStorage(org, limits.dataStorageMegabytes);
  const guard = (dml: CallDml): CallDml => storage.guard(faults.guard(dml));
  const dmlOf = (session: Session): CallDml => guard((request) => org.dml({ ...request, session }));
  const prepare: RestWorld['prepare'] = (soql, session, all) =>
    faults.guardQuery(soql, org.prepare(soql, session, { all }));
  const userName = (userId: string): string => userById(org, userId)?.name ?? userId;
  const apex = makeApex({ org, store, usage, storage, nextId, random: drawFrom(options.seed) });
  const deployments = createDeployments({
    org,
    store,
    nextId,
    userName,
    checkApex: (after) => checkDeployedApex(apex, after),
    onApplied(components, removed) {
      apex.changed();
      keepSetupRecords(org, components, removed);
      followDeploys();
    },
  });
  const seen = new Map<string, { readonly revision: number; readonly changedAt: number }>();
  const bulk = { org, nextId, dml: dmlOf, resultPageRows: () => world.resultPageRows, prepare };
  const world: ServerWorld = {
    org,
    apps,
    sessions,
    codes: createCodes(org.clock),
    usage,
    appUsage,
    storage,
    longRequests: createLongRequests(org.clock, limits.longRequests),
    faults,
    log: createRequestLog(),
    store,
    deployments,
    apex,
    testRuns: createTestRuns(apex, {
      idOf: (type, name) => store.get(type, name)?.id.replace(/^0Mt/, type === 'ApexClass' ? '01p' : '01q') ?? '',
      nextId,
    }),
    events,
    dmlOf,
    resultPageRows: options.resultPageRows ?? USUAL_RESULT_PAGE_ROWS,
    pubSub: undefined,
    rest: {
      org,
      cursors: createCursors(org, nextId),
      prepare,
      allocations: () => ({
        dailyApiRequests: usage,
        apps: appUsage.all().map(({ name, counter }) => ({ name, used: counter.used, limit: counter.limit })),
        deliveredEvents: {
          used: events.deliveredToday,
          limit: events.dailyAllocation ?? limits.dailyDeliveredEvents,
        },
        publishedEvents: { used: events.publishedInHour, limit: limits.hourlyPublishedEvents },
        storage: { used: storage.usedMegabytes, limit: storage.limitMegabytes },
      }),
      schemaChangedAt(session) {
        const { revision } = org.schemaFor(session);
        const before = seen.get(session.userId);
        if (before?.revision === revision) return before.changedAt;
        const changedAt = org.clock.now();
        seen.set(session.userId, { revision, changedAt });
        return changedAt;
      },
      transaction: (session, work) => org.transaction(session, (dml) => work(guard(dml))),
    },
    bulk: createBulkDoor(bulk),
    batches: createBatchDoor(bulk),
    cometd: createCometd({
      org,
      events,
      mostClients: limits.cometdClients,
      authenticate(headers) {
        const token = tokenOf(headers);
        const userId = sessions.authenticate(token) ?? sessions.authenticatePage(token);
        return userId === undefined ? undefined : { userId, token, origin: '' };
      },
    }),
    soap: {
      deployments,
      store,
      nextId,
      authenticate: (token) => sessions.authenticate(token),
      userName,
      checkMayUse: (userId) => checkModifiesMetadata(org, { userId, token: '', origin: '' }),
      retrieves: new Map(),
    },
    partner: { org, authenticate: (token) => sessions.authenticate(token), userOf: (userId) => userById(org, userId) },
  };
  return world;
}
