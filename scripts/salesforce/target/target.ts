import {
  PlumblineError,
  type FieldDescription,
  type ObjectDescription,
  type Random,
  type RecordClient,
  type SyncConfiguration,
  type Target,
  type WriteLimits,
} from '../../engine/index.ts';
import { Lane } from '../../http/index.ts';
import { metered, type Channel } from '../connection/index.ts';
import type { Describer, OrgObject } from '../describe.ts';
import { awaitEarlierJobs } from './bulk.ts';
import { keysPerCall } from './by-key.ts';
import { createOrgDoor } from './door.ts';
import { keyOf, normaliseKey, type Key } from './key.ts';
import { Pace } from './pace.ts';
import { RecordTypes } from './record-types.ts';
import { readState } from './read.ts';
import { bulkFrom, sendBatch } from './send.ts';

/** Records of a batch: one bulk job, or that many collections calls of 200. */
const maxRecords = 10_000;
const maxBytes = 20_000_000;
const maxInFlight = 3;
/** A request may run for ten minutes (API limits); a bulk job is waited for, also by the next process. */
const lateApplyMilliseconds = 600_000;
/** Calls that a batch takes in a second, for forecasts: an org answers 200 records in about half of one. */
const requestsPerSecond = 2 * maxInFlight;
/** Making, filling and closing a bulk job; it is then looked at until it has ended. */
const bulkCalls = 3;
/** Looks that a job takes, until one has told. */
const usualLooks = 2;

export interface TargetPorts {
  readonly channel: Channel;
  readonly describer: Describer;
  readonly client: Pick<RecordClient, 'identity'>;
  readonly random: Random;
}

/**
 * Salesforce as the target of one sync. Its key is a record ID, an external ID by which records are made as well, or
 * any field by which existing ones are found. Nothing is asked of the org before the first call.
 */
export function createTarget(ports: TargetPorts, sync: SyncConfiguration, limits: WriteLimits | undefined): Target {
  const { channel, describer, client, random } = ports;
  const { salesforceObject, rules, mappings } = sync;
  const makes = rules.create && limits?.existingOnly(salesforceObject) !== true && sync.key.target !== 'Id';
  const door = createOrgDoor(sync, limits);
  const pace = new Pace(channel.clock);
  const recordTypes = new RecordTypes();
  // Salesforce limits no calls in a second: the lane puts live work first, and keeps few requests open.
  const lane = new Lane({ clock: channel.clock, limits: { requests: 100, windowMilliseconds: 1_000, maxInFlight } });
  let caseSensitive = false;
  let looks = usualLooks;
  let alone: Promise<void> | undefined;

  async function described(): Promise<{ readonly object: OrgObject; readonly key: Key }> {
    const object = await describer.object(salesforceObject);
    const key = keyOf(object, sync.key.target, makes);
    caseSensitive = key.field.caseSensitive;
    return { object, key };
  }

  /** Once: until then a bulk job of an earlier process may still write older values. */
  async function noEarlierJobs(): Promise<void> {
    alone ??= client.identity().then(({ userId }) => awaitEarlierJobs(channel, salesforceObject, userId));
    try {
      await alone;
    } catch (error) {
      alone = undefined;
      throw error;
    }
  }

  return {
    limits: { maxRecords, maxBytes, maxInFlight, lateApplyMilliseconds, requestsPerSecond },
    overhead: { batchBytes: 256, recordBytes: 128 },
    normaliseKey: (_object, value) => normaliseKey(sync.key.target, value, caseSensitive),
    forecast(records, keyBytes) {
      const bulky = (rules.duplicates ?? 'block') === 'block';
      const batches = [
        ...Array.from({ length: Math.floor(records / maxRecords) }, () => maxRecords),
        records % maxRecords,
      ];
      const byId = sync.key.target.toLowerCase() === 'id';
      let lookUpCalls = 0;
      let writes = 0;
      for (const batch of batches) {
        if (!makes) lookUpCalls += Math.ceil(batch / keysPerCall(byId && batch > bulkFrom, keyBytes));
        writes += bulky && batch >= bulkFrom ? bulkCalls + looks : Math.ceil(batch / pace.size);
      }
      return { calls: lookUpCalls + writes, lookUpCalls };
    },
    async describe() {
      await described();
      const targets = mappings.map(({ target }) => target);
      return withParentKeys(
        await describer.describe(salesforceObject, targets),
        await describer.object(salesforceObject),
      );
    },
    async read(_object, keys, made) {
      const { object, key } = await described();
      const fields = mappings.map(({ target }) => target);
      return await readState(made ? metered(channel, made) : channel, object, key, fields, keys);
    },
    async check() {
      return { account: (await client.identity()).username };
    },
    async send(_object, records, urgency, onStart) {
      if (records.length === 0) return { kind: 'answered', deliveries: [] };
      let stopped: unknown;
      const start = (): Promise<void> =>
        onStart().catch((error: unknown) => {
          stopped = error;
          throw error;
        });
      try {
        await noEarlierJobs();
        const { object, key } = await described();
        const world = {
          channel,
          lane,
          pace,
          random,
          door,
          object,
          key,
          recordTypes,
          upserts: makes,
          urgency,
          onStart: start,
          onLooks: (seen: number) => (looks = seen),
        };
        return await sendBatch({ ...world, duplicates: rules.duplicates ?? 'block' }, records);
      } catch (error) {
        // Thrown by what only reads, before anything of the batch has left.
        if (error === stopped || !(error instanceof PlumblineError)) throw error;
        return { kind: 'refused', error };
      }
    },
  };
}

/** A parent can be named by one of its keys, where the reference to it can be written. */
function withParentKeys(description: ObjectDescription, object: OrgObject): ObjectDescription {
  const fields = new Map<string, FieldDescription>();
  for (const [path, field] of description.fields) {
    const reference = field.parent && object.fields.get(field.parent.reference.toLowerCase());
    fields.set(path, reference ? { ...field, writable: reference.updateable || reference.createable } : field);
  }
  return { ...description, fields };
}
