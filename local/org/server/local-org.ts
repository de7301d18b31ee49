import { makeFetch } from './app.ts';
import type { FaultDial } from './faults.ts';
import { makeWorld } from './make-world.ts';
import type { WorldOptions } from './make-world.ts';
import { refreshSandbox } from './refresh.ts';
import type { RequestStats } from './request-log.ts';
import type { PubSubAddress, ServerWorld } from './world.ts';
import { createOrg, systemClock } from '../core/index.ts';
import type { Org, OrgClock, Session } from '../core/index.ts';
import { assignPermissionSet, zipSourceFolder } from '../metadata/index.ts';
import type { DeployResult } from '../metadata/index.ts';
import type { ClientApp } from '../oauth/index.ts';
import type { EventBus } from '../pubsub/index.ts';

export interface LocalOrgOptions extends WorldOptions {
  /** The machine's clock when absent. */
  readonly clock?: OrgClock;
  readonly sandbox?: boolean;
  /** Features to switch on, as a scratch org's definition names them: `MultiCurrency`. */
  readonly features?: readonly string[];
}

/** A Salesforce org in this process: the core with all of its HTTP doors, and no socket. */
export interface LocalOrg {
  readonly core: Org;
  /** Change events of the entities that deployed channel members select, and platform events. */
  readonly events: EventBus;
  /** Answers a request; its host may be any. Rejects with a `TypeError` when the dial cuts the connection. */
  fetch(request: Request): Promise<Response>;
  /** An access token of a user of the org (18-character ID). */
  issueToken(userId: string): string;
  /** A token of a Lightning page, which the APIs refuse. */
  issuePageToken(userId: string): string;
  /** The caller behind a token, undefined when it is not valid (any more). */
  authenticate(token: string): Session | undefined;
  registerApp(app: ClientApp): void;
  /**
   * Deploys now, as the administrator: a zip in metadata format, or the path of a folder in source format. What fails
   * is in the result; nothing is applied then.
   */
  deployPackage(source: Uint8Array | string): DeployResult;
  /** Assigns a permission set of the org to a user (18-character ID); throws when there is none of that name. */
  assignPermissionSet(name: string, userId: string): void;
  /** API requests counted since the org was made. */
  apiCalls(): number;
  stats(): RequestStats;
  readonly faults: FaultDial;
  expireSessions(): number;
  setDailyApiRequests(limit: number): void;
  /** What a sandbox refresh does: the same data under another org ID, no session, approval or event of before. */
  refreshSandbox(): void;
  setPubSub(address: PubSubAddress): void;
  /**
   * An org of the same schema, metadata, users and apps, in milliseconds; without its business records, unless `records`
   * asks for them.
   */
  fork(options?: { readonly clock?: OrgClock; readonly seed?: number; readonly records?: boolean }): LocalOrg;
}

const DEPLOY_ALL = {
  checkOnly: false,
  rollbackOnError: true,
  ignoreWarnings: false,
  testLevel: 'NoTestRun',
  runTests: [],
} as const;

function assemble(world: ServerWorld, options: WorldOptions): LocalOrg {
  const { org } = world;
  return {
    core: org,
    events: world.events,
    fetch: makeFetch(world),
    issueToken: (userId) => world.sessions.issue(userId),
    issuePageToken: (userId) => world.sessions.issue(userId, { page: true }),
    authenticate(token) {
      const userId = world.sessions.authenticate(token);
      return userId === undefined ? undefined : { userId, token, origin: 'com/salesforce/api/soap/66.0' };
    },
    registerApp: (app) => world.apps.register(app),
    deployPackage(source) {
      const zip = typeof source === 'string' ? zipSourceFolder(source) : source;
      return world.deployments.run(zip, DEPLOY_ALL, org.adminUserId);
    },
    assignPermissionSet: (name, userId) => assignPermissionSet(org, name, userId),
    apiCalls: () => world.usage.total,
    stats: () => world.log.stats(),
    faults: world.faults,
    expireSessions: () => world.sessions.expireAll(),
    setDailyApiRequests(limit) {
      world.usage.limit = limit;
    },
    refreshSandbox: () => refreshSandbox(world),
    setPubSub(address) {
      world.pubSub = address;
    },
    fork(forked = {}) {
      const kept = { store: world.store.fork(), apps: world.apps.all() };
      const own = forked.seed === undefined ? options : { ...options, seed: forked.seed };
      return assemble(makeWorld(org.fork(forked), own, kept), own);
    },
  };
}

/** A new local org: standard objects, an administrator, an integration user; no package, no records. */
export function createLocalOrg(options: LocalOrgOptions = {}): LocalOrg {
  const core = createOrg({
    clock: options.clock ?? systemClock(),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
    ...(options.features === undefined ? {} : { features: options.features }),
    ...(options.edition === undefined ? {} : { edition: options.edition }),
  });
  return assemble(makeWorld(core, options), options);
}
