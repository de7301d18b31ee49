import {
  PlumblineError,
  SettingsError,
  type Clock,
  type Delivery,
  type SendResult,
  type SyncConfiguration,
  type Target,
  type TargetRecord,
} from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import type { Caller } from './call.ts';
import { Directory } from './directory.ts';
import { normaliseKey } from './keys.ts';
import { idField, kindOf, labels, type Kind } from './objects.ts';
import { toOutgoing, typeProblems, unknownField, type Outgoing } from './outgoing.ts';
import { describeKind, readSchema, type Schema } from './schema.ts';
import { overhead, setValues } from './set-values.ts';
import type { PendoSettings } from './settings.ts';
import { stateOf } from './state.ts';

/** Pendo publishes no number of records; connectors choose up to 1,000, and 4 MB (Engage API, bulk set values). */
const maxRecords = 1_000;
const maxBytes = 3_500_000;
const maxInFlight = 4;
/** So long a schema is believed. */
const freshMilliseconds = 600_000;

export interface TargetPorts {
  readonly caller: Caller;
  readonly writes: Lane;
  readonly reads: Lane;
  readonly settings: PendoSettings;
  readonly clock: Pick<Clock, 'now'>;
  /** Whom the key belongs to, in words. Throws `CredentialsError`. */
  readonly check: () => Promise<{ readonly account: string }>;
}

/**
 * Pendo accounts or visitors as the target of one sync, or of none yet. Records are told apart by their ID, or by a
 * metadata field that the sync names; only those that Pendo has are written (P-33).
 */
export function createTarget(ports: TargetPorts, sync?: SyncConfiguration): Target {
  const { caller, writes, reads, settings, clock } = ports;
  const schemas = new Map<Kind, { readonly at: number; readonly schema: Schema }>();
  const directories = new Map<Kind, Directory>();
  const paths = sync?.mappings.map(({ target }) => target) ?? [];

  async function schemaOf(kind: Kind, anew = false): Promise<Schema> {
    const known = schemas.get(kind);
    if (!anew && known && clock.now() - known.at <= freshMilliseconds) return known.schema;
    const schema = await readSchema(caller, reads, kind);
    schemas.set(kind, { at: clock.now(), schema });
    return schema;
  }

  function directoryOf(kind: Kind): Directory {
    let directory = directories.get(kind);
    if (!directory) {
      directory = new Directory({ caller, lane: reads, clock, kind, keyPath: keyPathOf(kind, sync) });
      directories.set(kind, directory);
    }
    return directory;
  }

  /** Records with the ID of whom they are about; those of an unknown key are settled. */
  async function identified(
    kind: Kind,
    records: readonly TargetRecord[],
    settled: Map<number, Delivery>,
  ): Promise<readonly Outgoing[]> {
    const keyPath = keyPathOf(kind, sync);
    const ids = keyPath === undefined ? undefined : await directoryOf(kind).ids(records.map(({ key }) => key));
    return records.flatMap((record, place) => {
      const id = ids ? ids.get(record.key) : record.key;
      if (id !== undefined) return [toOutgoing(record, place, id, sync?.key.target ?? idField(kind))];
      settled.set(place, { kind: 'rejected', reason: 'create-not-allowed', detail: '' });
      return [];
    });
  }

  /** Those whose values have the types of Pendo's fields; the others are settled. Throws for a field that is not there. */
  async function typed(
    kind: Kind,
    records: readonly Outgoing[],
    settled: Map<number, Delivery>,
  ): Promise<readonly Outgoing[]> {
    if (records.length === 0) return records;
    let schema = await schemaOf(kind);
    // It may have been made a moment ago.
    if (unknownField(records, schema) !== undefined) schema = await schemaOf(kind, true);
    const missing = unknownField(records, schema);
    if (missing !== undefined) throw noSuchField(kind, missing);
    return records.filter((record) => {
      const problem = typeProblems(record, schema);
      if (problem !== undefined) {
        settled.set(record.place, { kind: 'rejected', reason: 'rejected-type-mismatch', detail: problem });
      }
      return problem === undefined;
    });
  }

  return {
    limits: {
      maxRecords,
      maxBytes,
      maxInFlight,
      lateApplyMilliseconds: settings.lateApplySeconds * 1_000,
      requestsPerSecond: settings.requestsPerSecond,
    },
    overhead,
    fixedFields: true,
    normaliseKey(object, value) {
      kindOf(object);
      return normaliseKey(value);
    },
    async describe(object) {
      const kind = kindOf(object);
      return describeKind(kind, await schemaOf(kind, true));
    },
    async read(object, keys) {
      const kind = kindOf(object);
      const schema = await schemaOf(kind);
      const entities = await directoryOf(kind).entities(keys);
      return new Map([...entities].map(([key, entity]) => [key, stateOf(kind, entity, paths, schema)]));
    },
    async known(object, keys) {
      return new Set((await directoryOf(kindOf(object)).ids(keys)).keys());
    },
    check: ports.check,
    async send(object, records, urgency, onStart) {
      const kind = kindOf(object);
      if (records.length === 0) return { kind: 'answered', deliveries: [] };
      const settled = new Map<number, Delivery>();
      let outgoing: readonly Outgoing[];
      try {
        refuseDeletes(records);
        outgoing = await typed(kind, await identified(kind, records, settled), settled);
      } catch (error) {
        // Thrown by what only reads, before anything of the batch has left.
        if (!(error instanceof PlumblineError)) throw error;
        return { kind: 'refused', error };
      }
      if (outgoing.length === 0)
        return { kind: 'answered', deliveries: together(records, settled, outgoing, []), calls: 0 };
      const sent = await setValues({ caller, lane: writes, kind, urgency, onStart }, outgoing);
      if (sent.kind !== 'answered') return settled.size === 0 ? sent : apart(records, settled, outgoing, sent);
      return { ...sent, deliveries: together(records, settled, outgoing, sent.deliveries) };
    },
  };
}

/** The path of the metadata field that a sync's key stands for, in small letters; undefined for the ID. */
function keyPathOf(kind: Kind, sync: SyncConfiguration | undefined): string | undefined {
  const key = sync?.key.target ?? idField(kind);
  return key === idField(kind) ? undefined : key.toLowerCase();
}

function noSuchField(kind: Kind, path: string): SettingsError {
  return new SettingsError(`Pendo has no field ${path} of its ${labels[kind].toLowerCase()}s that can be written.`, [
    `Make it in Pendo, Settings, Data mappings, or take ${path} out of the sync.`,
  ]);
}

function refuseDeletes(records: readonly TargetRecord[]): void {
  if (records.every(({ action }) => action === 'upsert')) return;
  throw new SettingsError('Deleting in Pendo cannot be undone, so no sync does it.', [
    'Set the rule for deleted records of the sync to "ignore".',
  ]);
}

function together(
  records: readonly TargetRecord[],
  settled: ReadonlyMap<number, Delivery>,
  outgoing: readonly Outgoing[],
  deliveries: readonly Delivery[],
): readonly Delivery[] {
  const sent = new Map(outgoing.map(({ place }, index) => [place, deliveries[index]]));
  return records.map((_record, place) => {
    const delivery = settled.get(place) ?? sent.get(place);
    if (!delivery) throw new Error('a record of a batch was left without a delivery');
    return delivery;
  });
}

/** Nothing was heard of the part that left, while the others are settled: each is told its own. */
function apart(
  records: readonly TargetRecord[],
  settled: ReadonlyMap<number, Delivery>,
  outgoing: readonly Outgoing[],
  result: Exclude<SendResult, { readonly kind: 'answered' }>,
): SendResult {
  // A refusal says when to go on, for all; what was settled here is found out again then.
  if (result.kind === 'refused') return result;
  const silent = outgoing.map((): Delivery => ({ kind: 'unanswered', detail: result.detail }));
  return { kind: 'answered', deliveries: together(records, settled, outgoing, silent) };
}
