import { randomUUID } from 'node:crypto';
import { createControlPlane } from '../control/index.ts';
import {
  runWorker,
  type ApiReserve,
  type Clock,
  type ConnectionConfiguration,
  type Ends,
  type Log,
  type MakeId,
  type Random,
  type ReasonCode,
  type RecordClient,
  type Store,
  type Transport,
} from '../engine/index.ts';
import { createTransport } from '../http/index.ts';
import { connectSalesforce, type Salesforce } from '../salesforce/index.ts';
import { createChangeStream, createPubSubTopics, deliveriesOf, type OpenTopic } from '../salesforce/stream/index.ts';
import { openStoreInThread } from '../store/index.ts';
import { chooseLogin, type LoginOptions } from './login.ts';
import { LeaseGuard } from './lease-guard.ts';
import { ownerLives, ownName } from './owner.ts';
import { findPubSub, type PubSubPlace } from './pub-sub-place.ts';
import type { Environment } from './secrets.ts';
import { createSetup } from './setup.ts';
import { systemClock } from './system-clock.ts';
import { connectSystem } from './systems.ts';

/** Requests to one host that are under way at once, those of live work and backfill together. */
const maxConnections = 16;

/** An org that a command works with. Close it, or the connections keep the process alive. */
export interface OpenOrg extends AsyncDisposable {
  readonly salesforce: Salesforce;
  readonly records: RecordClient;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Of a worker in this process: the transport lets nothing pass once it is over. */
  readonly lease: LeaseGuard;
}

/** Chooses a login and connects; nothing is asked of the org before the first use. */
export async function openOrg(
  options: LoginOptions,
  environment: Environment,
  reading: { readonly pageRecords?: number } = {},
): Promise<OpenOrg> {
  const clock = systemClock();
  const lease = new LeaseGuard();
  const http = createTransport({ maxConnections, leaving: () => lease.look(clock.now()) });
  const { transport } = http;
  const login = chooseLogin(options, environment, { transport, clock });
  const salesforce = connectSalesforce({ transport, login, clock, ...reading });
  return { salesforce, records: salesforce.client, clock, transport, lease, [Symbol.asyncDispose]: () => http.close() };
}

export interface WorkerSettings {
  /** The store's file; made when it is not there. */
  readonly storeFile: string;
  /** Where change events come from; absent: found out. */
  readonly pubSub?: PubSubPlace;
  readonly environment: Environment;
  /** Shares of the org's API calls that are left to others; absent: the engine's own. */
  readonly reserve?: Partial<ApiReserve>;
  readonly log: Log;
}

/** A worker that is ready to run: its store is open, its org answers. */
export interface OpenWorker extends AsyncDisposable {
  readonly store: Store;
  /** Keeps the activated syncs of the org in step until `stop` is aborted. Rejects with the errors of `engine/errors`. */
  run(stop: AbortSignal): Promise<void>;
}

/** What a worker is made of. The machine's own parts are chosen in `openWorker`; fault schedules bring others. */
export interface WorkerParts {
  readonly owner: string;
  readonly orgId: string;
  readonly salesforce: Salesforce;
  readonly store: Store;
  /** Absent: changes are polled. */
  readonly openTopic?: OpenTopic;
  /** Guarded by `lease`, as that of `salesforce` is. */
  readonly transport: Transport;
  readonly lease: LeaseGuard;
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
  readonly environment: Environment;
  readonly reserve?: Partial<ApiReserve>;
  readonly log: Log;
}

/** Opens the store and the change stream of an org for a worker of this machine. */
export async function openWorker(org: OpenOrg, settings: WorkerSettings): Promise<OpenWorker> {
  const { salesforce, records, clock, transport, lease } = org;
  const { environment, reserve = {}, log } = settings;
  const { orgId } = await records.identity();
  const session = await salesforce.channel.session();
  const place = settings.pubSub ?? (await findPubSub(session.instanceUrl, transport));
  const store = await openStoreInThread({ file: settings.storeFile, clock, lives: ownerLives });
  const openTopic =
    place === undefined
      ? undefined
      : createPubSubTopics({
          ...place,
          organizationId: orgId,
          session: () => salesforce.channel.session(),
          clock,
        });
  if (openTopic === undefined) log({ level: 'warn', message: 'This org has no change stream: changes are polled.' });
  const machine = { owner: ownName(), clock, transport, lease, random: Math.random, makeId: randomUUID };
  const parts = { ...machine, orgId, salesforce, store, environment, reserve, log, ...(openTopic && { openTopic }) };
  return { store, run: (stop) => runParts(parts, stop), [Symbol.asyncDispose]: () => store.close() };
}

/** Wires the engine to the org, the store, the change stream and the systems, and runs it until `stop` is aborted. */
export async function runParts(parts: WorkerParts, stop: AbortSignal): Promise<void> {
  const { owner, orgId, salesforce, store, openTopic, transport, clock, random, makeId, environment, log } = parts;
  const { reserve = {} } = parts;
  const { client: records, channel } = salesforce;
  const stream = openTopic && createChangeStream({ open: openTopic, clock, random, deliveries: deliveriesOf(channel) });
  const countOf = (sync: string, reason: ReasonCode): Promise<number> => countRecords(store, sync, reason);
  const control = createControlPlane({ records, clock, countRecords: countOf });
  const connect = async (connection: ConnectionConfiguration): Promise<Ends> =>
    connectSystem(connection, orgId, environment, { transport, clock, random });
  const setup = createSetup(salesforce, orgId, environment);
  const ports = { store, control, clock, random, makeId, salesforce, connect, setup, log };
  const leased = (until: number): void => parts.lease.extend(until);
  await runWorker({ owner, ...ports, ...(stream && { stream }), reserve, leased, stop });
  // In good order: what the process does beside it needs no lease. After an error nothing of it may go on.
  leased(Number.POSITIVE_INFINITY);
}

/** How many records the store holds with a reason. */
async function countRecords(store: Store, sync: string, reason: ReasonCode): Promise<number> {
  const limit = 10_000;
  let count = 0;
  let last: { readonly sync: string; readonly source: string } | undefined;
  for (;;) {
    const rows = await store.records({ sync, reason, limit, ...(last === undefined ? {} : { after: last }) });
    count += rows.length;
    last = rows.at(-1);
    if (rows.length < limit) return count;
  }
}
