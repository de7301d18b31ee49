import type { SyncConfiguration } from '../configuration.ts';
import type { Entrance, LeasedWork, TargetRecord } from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';
import type { Election } from './elect.ts';
import type { Version } from '../version.ts';

/** What the planner knows of a sync. */
export interface SyncPolicy {
  readonly name: string;
  readonly keySpace: string;
  readonly precedence: number;
  readonly election: Election;
  readonly rules: SyncConfiguration['rules'];
  readonly door: Door;
  /** Names the system in what flows of the org are told of its changes; undefined where its target is not the org. */
  readonly announcedAs: string | undefined;
}

/** Asked on the request itself, just before it leaves. */
export interface Door {
  /** Why this record may not leave; undefined when it may. `exists`: the target is known to have it. */
  leaving(object: string, record: TargetRecord, exists: boolean): string | undefined;
}

/** A record that is about to be planned: read, mapped, its key compiled. */
export interface Candidate {
  readonly policy: SyncPolicy;
  readonly source: string;
  readonly version: Version;
  readonly entrance: Entrance;
  /** The run that counts it. */
  readonly run: string;
  /** The live run of the hour: counts what `run` has counted already in another way. */
  readonly liveRun: string;
  /** When it was found to claim its key, milliseconds since 1970: for all of a full read, when that began. */
  readonly claimedAt: number;
  /** The target key that it claims; absent: it claims none. */
  readonly key: string | undefined;
  /** The mapped record as JSON text, and its hash; empty when there is nothing to send. */
  readonly json: string;
  readonly hash: string;
  /** Why it cannot be sent, whoever owns its key. */
  readonly reason: ReasonCode | undefined;
  readonly detail: string | undefined;
  /** It is gone from the source, and the target should forget it. */
  readonly forget: boolean;
  /** The work that asked for it; absent for a bulk row. */
  readonly work: LeasedWork | undefined;
  /** Told when its outcome is stored. */
  readonly ticket: Ticket | undefined;
}

/** Something that waits until its records are accounted for. */
export interface Ticket {
  settled(records: number): void;
}
