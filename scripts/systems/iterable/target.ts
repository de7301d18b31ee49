import { PlumblineError, SettingsError, type SendResult, type Target, type TargetRecord } from '../../engine/index.ts';
import { Lane } from '../../http/index.ts';
import { heldBy, type ConnectContext } from '../kit/index.ts';
import { overhead } from './body.ts';
import { bulkUpdate } from './bulk-update.ts';
import { createCaller } from './call.ts';
import { forget } from './forget.ts';
import { normaliseKey } from './keys.ts';
import { createReads } from './reads.ts';
import type { IterableSettings } from './settings.ts';

/** Users of a call, and bytes of a body below the 4 MB where Iterable refuses it. */
const maxRecords = 1_000;
const maxBytes = 3_500_000;
/** Bulk updates on their way at once: an answer may take most of a second. */
const maxInFlight = 5;
/** Of users/get*, getFields and forget, for a project. */
const readsPerSecond = 3;

/** Iterable users as a target. */
export function createTarget(context: ConnectContext<IterableSettings>): Target {
  const { settings, clock } = context;
  const caller = createCaller({ ...context, apiKey: context.secret('apiKey') });
  const writes = new Lane({
    clock,
    limits: { requests: settings.requestsPerSecond, windowMilliseconds: 1_000, maxInFlight },
  });
  const single = new Lane({ clock, limits: { requests: readsPerSecond, windowMilliseconds: 1_000, maxInFlight: 2 } });
  const reads = createReads(caller, single, settings);

  return {
    limits: {
      maxRecords,
      maxBytes,
      maxInFlight,
      lateApplyMilliseconds: settings.lateApplySeconds * 1_000,
      requestsPerSecond: settings.requestsPerSecond,
    },
    overhead: overhead(settings.identity),
    normaliseKey(object, value) {
      checkObject(object);
      return normaliseKey(settings.identity, value);
    },
    async describe(object) {
      checkObject(object);
      return await reads.describe();
    },
    async read(object, keys) {
      checkObject(object);
      return await reads.read(keys);
    },
    check: () => reads.check(),
    async send(object, records, urgency, onStart) {
      checkObject(object);
      const shared = { caller, settings, urgency, onStart };
      const upserts = records.filter(({ action }) => action === 'upsert');
      const deletes = records.filter(({ action }) => action === 'delete');
      if (deletes.length === 0) return await bulkUpdate({ ...shared, lane: writes }, upserts);
      const forgotten = await forget({ ...shared, lane: single }, deletes);
      if (upserts.length === 0 || forgotten.kind !== 'answered') return forgotten;
      return together(records, forgotten, await bulkUpdate({ ...shared, lane: writes }, upserts));
    },
  };
}

/** Deliveries of both kinds in the order of the records. */
function together(
  records: readonly TargetRecord[],
  forgotten: SendResult & { kind: 'answered' },
  updated: SendResult,
): SendResult {
  if (updated.kind === 'unanswered') return updated;
  const deletes = forgotten.deliveries[Symbol.iterator]();
  const upserts = updated.kind === 'answered' ? updated.deliveries[Symbol.iterator]() : undefined;
  const deliveries = records.map(({ action }) => {
    const next = (action === 'delete' ? deletes : upserts)?.next();
    if (next && !next.done) return next.value;
    // The forgetting is done, so a refusal of the rest cannot speak for the whole batch.
    const error = updated.kind === 'refused' ? updated.error : new Error('Iterable gave too few results.');
    const reason = error instanceof PlumblineError ? heldBy(error) : 'passing-fault';
    return { kind: 'retry', reason, detail: error.message } as const;
  });
  return { kind: 'answered', deliveries };
}

function checkObject(object: string): void {
  if (object === 'user') return;
  throw new SettingsError(`Iterable has no object "${object}".`, ['Set the object of the sync to "user".']);
}
