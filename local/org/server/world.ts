import type { FaultDial } from './faults.ts';
import type { LongRequests } from './long-requests.ts';
import type { RequestLog } from './request-log.ts';
import type { DataStorage } from './storage.ts';
import type { AppUsage, UsageCounter } from './usage.ts';
import type { Apex, TestRuns } from '../apex/index.ts';
import type { BatchDoor, BulkDoor } from '../bulk/index.ts';
import type { Cometd } from '../cometd/index.ts';
import type { Org, Session } from '../core/index.ts';
import type { CallDml, RestWorld } from '../http/index.ts';
import type { ComponentStore, Deployments, SoapWorld } from '../metadata/index.ts';
import type { Apps, Codes, Sessions } from '../oauth/index.ts';
import type { EventBus } from '../pubsub/index.ts';
import type { PartnerWorld } from '../soap/index.ts';

/** Where the org's Pub/Sub API listens; `caFile` is the certificate (PEM) that its clients must trust. */
export interface PubSubAddress {
  readonly endpoint: string;
  readonly caFile: string;
  readonly instanceUrl: string;
}

/** Everything behind the doors of one local org. */
export interface ServerWorld {
  readonly org: Org;
  readonly apps: Apps;
  readonly sessions: Sessions;
  readonly codes: Codes;
  readonly usage: UsageCounter;
  readonly appUsage: AppUsage;
  readonly storage: DataStorage;
  readonly longRequests: LongRequests;
  readonly faults: FaultDial;
  readonly log: RequestLog;
  readonly rest: RestWorld;
  readonly bulk: BulkDoor;
  readonly batches: BatchDoor;
  readonly cometd: Cometd;
  readonly store: ComponentStore;
  readonly deployments: Deployments;
  readonly apex: Apex;
  readonly testRuns: TestRuns;
  readonly soap: SoapWorld;
  readonly partner: PartnerWorld;
  readonly events: EventBus;
  /** DML of a caller, with the locks of the dial. */
  dmlOf(session: Session): CallDml;
  /** Rows of a Bulk result page when the caller does not say. */
  resultPageRows: number;
  pubSub: PubSubAddress | undefined;
}
