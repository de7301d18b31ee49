import type { z } from 'zod';
import type { Clock, Ends, Random, SyncConfiguration, Transport } from '../../engine/index.ts';
import type { OrgFields } from './field-proposals.ts';

export interface SecretDefinition {
  /** In its variable's name: `apiKey` → `PLUMBLINE_<CONNECTION>_API_KEY`. */
  readonly name: string;
  readonly label: string;
  /** Where a person gets it, one sentence. */
  readonly whereFrom: string;
}

/** What a system gets to connect with. */
export interface ConnectContext<Settings> {
  /** Name of the connection. */
  readonly connection: string;
  readonly settings: Settings;
  /** The host to talk to, without a trailing slash: of the system's own list, or from the worker's environment. */
  readonly baseUrl: string;
  /** By its name in `secrets`. */
  secret(name: string): string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
}

/** A connected system: it can be read from, written to, or both. */
export type SystemConnection = Omit<Ends, 'syncProblems'>;

/** What a system is: a folder of one shape, told to the registry by one line. */
export interface SystemDefinition<Settings> {
  /** Name of its folder and of `ConnectionConfiguration.system`. */
  readonly slug: string;
  readonly label: string;
  /** Of `ConnectionConfiguration.settings`; strict, so that a misspelt setting is met at once. */
  readonly settings: z.ZodType<Settings>;
  readonly secrets: readonly SecretDefinition[];
  /** The host that the settings choose, from the system's own list. */
  baseUrl(settings: Settings): string;
  /** Called once for a connection: its lanes are one credential's. Asks nothing of the vendor. */
  connect(context: ConnectContext<Settings>): SystemConnection;
  /** How its fields in the org are named, and which columns become some; absent for a system that has none there. */
  readonly orgFields?: OrgFields;
  /** What an admin should know before choosing what to sync, one sentence each. */
  readonly beforehand?: readonly string[];
  /** When what was delivered is seen there, as a sentence; absent where it is at once. */
  readonly freshness?: string;
  /** What is wrong with each of one connection's syncs, by name, given all of them; absent: nothing ever is. */
  readonly syncProblems?: NonNullable<Ends['syncProblems']>;
  /** The syncs that a new connection of this name starts with, paused. */
  defaultSyncs(connection: string): readonly SyncConfiguration[];
}
