import type { Delivery, ReasonCode, SendResult, TargetRecord, Urgency } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import { heldBy } from '../kit/index.ts';
import { bulkBody } from './body.ts';
import { readBuckets } from './buckets.ts';
import type { Caller, Refusal } from './call.ts';
import { alike, mismatchDetail, mismatches } from './mismatches.ts';
import type { IterableSettings } from './settings.ts';

export interface BulkUpdate {
  readonly caller: Caller;
  readonly lane: Lane;
  readonly settings: IterableSettings;
  readonly urgency: Urgency;
  readonly onStart: () => Promise<void>;
}

/** Requests that one batch may take when Iterable refuses it as a whole; what is open then is tried again later. */
const mostRequests = 64;

/** Codes that speak of one record when a request holds one; anything else is the record's all the same. */
const reasons: Readonly<Record<string, ReasonCode>> = {
  RequestFieldsTypesMismatched: 'rejected-type-mismatch',
  InvalidEmailAddressError: 'rejected-invalid-key',
  InvalidUserIdError: 'rejected-invalid-key',
  UnknownEmailError: 'rejected-not-found',
  UnknownUserIdError: 'rejected-not-found',
  NotFound: 'rejected-not-found',
  ForgottenUserError: 'rejected-forgotten',
  ExternalKeyConflict: 'rejected-conflict',
  EmailAlreadyExists: 'rejected-conflict',
  UserIdAlreadyExists: 'rejected-conflict',
  UniqueFieldsLimitExceeded: 'rejected-too-many-fields',
  BatchTooLarge: 'record-too-large',
};

/**
 * Updates users in one request (I-16). What Iterable refuses as a whole is halved until the culprits stand alone, so
 * that one record never holds up the others.
 */
export async function bulkUpdate(update: BulkUpdate, records: readonly TargetRecord[]): Promise<SendResult> {
  const settled = new Map<TargetRecord, Delivery>();
  const groups: TargetRecord[][] = records.length > 0 ? [[...records]] : [];
  let requests = 0;
  while (groups.length > 0) {
    const group = groups.pop() ?? [];
    if (group.length === 0) continue;
    requests += 1;
    if (requests > mostRequests) {
      settleRest(
        settled,
        records,
        'passing-fault',
        'Iterable refuses records beside this one; it is sent again apart from them.',
      );
      break;
    }
    const body = bulkBody(group, update.settings);
    const reply = await update.caller.call({ ...update, method: 'POST', path: '/api/users/bulkUpdate', body });
    if (reply.kind === 'unanswered') return reply;
    if (reply.kind === 'failed') {
      if (settled.size === 0) return { kind: 'refused', error: reply.error };
      settleRest(settled, records, heldBy(reply.error), reply.error.message);
      break;
    }
    if (reply.kind === 'refused') groups.push(...narrow(group, reply.refusal, settled, groups));
    else {
      const deliveries = readBuckets(reply.body, group);
      if (!deliveries)
        return { kind: 'unanswered', detail: 'The answer of Iterable is not the result of a bulk update.' };
      // As nearly always: all at once, and Iterable told of each.
      if (requests === 1 && areAll(deliveries)) return { kind: 'answered', deliveries };
      groups.push(...open(group, deliveries, settled));
    }
  }
  return { kind: 'answered', deliveries: records.map((record) => settled.get(record) ?? unsettled()) };
}

function areAll(deliveries: readonly (Delivery | undefined)[]): deliveries is readonly Delivery[] {
  return deliveries.every((delivery) => delivery !== undefined);
}

/** Settles what Iterable named; returns the rest, to be asked for again in halves. */
function open(
  group: readonly TargetRecord[],
  deliveries: readonly (Delivery | undefined)[],
  settled: Map<TargetRecord, Delivery>,
): TargetRecord[][] {
  const rest: TargetRecord[] = [];
  for (const [place, record] of group.entries()) {
    const delivery = deliveries[place];
    if (delivery) settled.set(record, delivery);
    else rest.push(record);
  }
  if (rest.length !== 1 || group.length > 1) return halves(rest);
  const [record] = rest;
  if (record)
    settled.set(record, reject('rejected-by-target', 'Iterable counts this record as failed and gives no reason.'));
  return [];
}

/** Settles the culprits that a refusal tells; returns the groups to send next. */
function narrow(
  group: readonly TargetRecord[],
  refusal: Refusal,
  settled: Map<TargetRecord, Delivery>,
  waiting: readonly TargetRecord[][],
): TargetRecord[][] {
  const pointed = refusal.code === 'BadJsonBody' ? pointedAt(refusal) : undefined;
  const culprit = group.length === 1 ? group[0] : pointed === undefined ? undefined : group[pointed.place];
  if (!culprit) return halves(group);
  const found = mismatches(refusal);
  const typed = refusal.code === 'RequestFieldsTypesMismatched';
  const reason = reasons[refusal.code] ?? (refusal.status === 413 ? 'record-too-large' : 'rejected-by-target');
  settled.set(culprit, reject(reason, typed ? mismatchDetail(found) : (pointed?.detail ?? inWords(refusal))));
  if (!typed) return [group.filter((record) => record !== culprit)].filter(({ length }) => length > 0);
  for (const others of waiting) {
    const same = alike(culprit, others, found);
    for (const record of same) settled.set(record, reject(reason, mismatchDetail(found)));
    others.splice(0, others.length, ...others.filter((record) => !same.has(record)));
  }
  return [];
}

/** `{"obj.users[1].preferUserId":"Boolean value expected"}` → 1, and the path in words. */
function pointedAt({ params }: Refusal): { readonly place: number; readonly detail: string } | undefined {
  for (const [path, problem] of Object.entries(params)) {
    const match = /^obj\.users\[(\d+)\]\.?(.*)$/.exec(path);
    if (match) return { place: Number(match[1]), detail: `${match[2] || 'The user'}: ${String(problem)}.` };
  }
  return undefined;
}

function halves(group: readonly TargetRecord[]): TargetRecord[][] {
  const middle = Math.ceil(group.length / 2);
  // The last one pushed is sent first: the first half, so that records go out in their order.
  return [group.slice(middle), group.slice(0, middle)].filter(({ length }) => length > 0);
}

function settleRest(
  settled: Map<TargetRecord, Delivery>,
  records: readonly TargetRecord[],
  reason: ReasonCode,
  detail: string,
): void {
  for (const record of records) if (!settled.has(record)) settled.set(record, { kind: 'retry', reason, detail });
}

function reject(reason: ReasonCode, detail: string): Delivery {
  return { kind: 'rejected', reason, detail };
}

/** Iterable's message may quote the value, so only the code goes on. */
function inWords({ code, status }: Refusal): string {
  return `Iterable refused this record: ${code || `status ${status}`}.`;
}

function unsettled(): never {
  throw new Error('a record of a bulk update was left without a delivery');
}
