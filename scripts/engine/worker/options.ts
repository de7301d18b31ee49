import type { ConnectionConfiguration } from '../configuration.ts';
import type { ChangeStream, Clock, ControlPlane, Log, MakeId, Random, Setup, Store } from '../ports/index.ts';
import type { ApiReserve, Ends } from '../run/index.ts';

/** How often the worker does what it does beside syncing, in milliseconds. */
export interface WorkerTiming {
  readonly beat: number;
  readonly lease: number;
  /** Commands, while no doorbell is heard. */
  readonly commands: number;
  /** How old a look at the pauses may be when a batch is sent. */
  readonly pauses: number;
  readonly reports: number;
  /** Runs that go on are told the org this often. */
  readonly runs: number;
  /** From the end of a full read until both sides are compared: the target needs time to show what it took. */
  readonly reconcile: number;
  /** Between two looks at the schemas of both sides. */
  readonly schema: number;
  /** The same, while a sync is touched by a change of its schema. */
  readonly touchedSchema: number;
  /** Between two looks whether the credentials of each connection are accepted. */
  readonly credentials: number;
}

export const workerTiming: WorkerTiming = {
  beat: 60_000,
  lease: 180_000,
  commands: 15_000,
  pauses: 2_000,
  reports: 2_000,
  runs: 30_000,
  reconcile: 600_000,
  schema: 86_400_000,
  touchedSchema: 900_000,
  credentials: 30_000,
};

export interface WorkerOptions {
  /** Names this process as holder of the store. */
  readonly owner: string;
  readonly store: Store;
  readonly control: ControlPlane;
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
  /** The org, as source and target. */
  readonly salesforce: Ends;
  readonly stream?: ChangeStream;
  /** Opens a connection. Throws `SettingsError` when its settings or secrets are not usable. */
  readonly connect: (connection: ConnectionConfiguration) => Promise<Ends>;
  /** What setting a sync up asks of what is around the worker. */
  readonly setup: Setup;
  readonly log: Log;
  readonly timing?: Partial<WorkerTiming>;
  /** Calls of the org that are left to others. */
  readonly reserve?: Partial<ApiReserve>;
  /** Records of a full read that are compared on both sides afterwards; default 20. */
  readonly sampleSize?: number;
  /** Told until when the lease of the store holds, milliseconds since 1970: later nothing may be asked of anyone. */
  readonly leased?: (until: number) => void;
  /** Aborted to stop in good order: requests that have left are finished and settled. */
  readonly stop: AbortSignal;
}
