import { isFollowed, parentWatches, tellsByValues } from '../capture/index.ts';
import { recordsACall } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import type { Sent } from './pretend-target.ts';

/** What a full read would take (N-10). */
export interface Forecast {
  /** Calls of the source's API and of the target's, as the run itself counts them. */
  readonly sourceCalls: number;
  readonly targetCalls: number;
  /** At the limits of the target. */
  readonly seconds: number;
  /** Calls of the org's API alone, by what they are for. */
  readonly org: OrgCalls;
}

export interface OrgCalls {
  /** Counting and reading records. */
  readonly read: number;
  /** Finding the records to be written, and what they hold. */
  readonly lookUp: number;
  readonly write: number;
  /** Telling flows which records have new values. */
  readonly tell: number;
  /** What other syncs' polls need to be told of records that this one writes; theirs, not the run's. */
  readonly echo: number;
  /** Showing the run in the org while it goes on, and its end. */
  readonly report: number;
}

/** A run is shown as it begins, as it ends, and every so many seconds between. */
const reportsAtLeast = 3;
const reportSeconds = 5;

/**
 * `total`: records that are read; `sent`: what leaves for the target; `asked`: calls that ask the target which records it
 * has; `others`: the syncs that are at work.
 */
export async function forecastOf(
  sync: CompiledSync,
  total: number,
  sent: Sent,
  asked: number,
  others: readonly CompiledSync[],
): Promise<Forecast> {
  const { target, source } = sync;
  const batches = Math.max(sent.requests, Math.ceil(sent.records / target.limits.maxRecords));
  const keyBytes = sent.records === 0 ? 0 : sent.keyBytes / sent.records;
  const sending = target.forecast?.(sent.records, keyBytes) ?? { calls: batches, lookUpCalls: 0 };
  const targetCalls = sending.calls + asked;
  const lookUpCalls = sending.lookUpCalls + asked;
  // Counted before it is read.
  const sourceCalls = source.forecast({ kind: 'extract', records: total }) + source.forecast({ kind: 'count' });
  const seconds = targetCalls / target.limits.requestsPerSecond;
  const report = reportsAtLeast + Math.floor(seconds / reportSeconds);
  const outward = sync.sourceName === 'salesforce';
  const org = outward
    ? { read: sourceCalls, lookUp: 0, write: 0, tell: 0, echo: 0, report }
    : {
        read: 0,
        lookUp: lookUpCalls,
        write: targetCalls - lookUpCalls,
        tell: Math.ceil(sent.records / recordsACall),
        echo: await echoOf(sync.targetObject, sent.records, others),
        report,
      };
  return { sourceCalls, targetCalls, seconds, org };
}

/** Polls of the records and of them as parents; where values do not tell that nothing is news, each is read as well. */
async function echoOf(object: string, records: number, others: readonly CompiledSync[]): Promise<number> {
  const readers = others.filter((other) => other.sourceName === 'salesforce' && isFollowed(other.source));
  const everyOf = (syncs: readonly CompiledSync[]): number =>
    Math.min(...syncs.map(({ configuration }) => configuration.schedule.pollSeconds * 1_000));
  const followers = readers.filter(({ shape }) => shape.object === object);
  const [first] = followers;
  let calls = first?.source.forecast({ kind: 'changes', records, everyMilliseconds: everyOf(followers) }) ?? 0;
  for (const follower of followers) {
    const { source, shape } = follower;
    if (!tellsByValues(follower)) calls += source.forecast({ kind: 'hydrate', records, shape });
  }
  for (const { source, object: parent, children } of await parentWatches(readers)) {
    const told = readers.filter(({ name }) => children.some(({ sync }) => sync === name));
    if (parent === object) calls += source.forecast({ kind: 'changes', records, everyMilliseconds: everyOf(told) });
  }
  return calls;
}
