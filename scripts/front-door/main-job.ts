import { emailOf } from '../../local/world/index.ts';
import type { Counts, ReasonCode, RunKind, RunRow, Store } from '../engine/index.ts';
import { noCounts, outcomes } from '../engine/index.ts';

export interface Org {
  readonly instanceUrl: string;
  readonly accessToken: string;
}

export interface Iterable {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly controlUrl: string;
}

export type RunFigures = Counts & { readonly reasons: Partial<Record<ReasonCode, number>>; readonly seconds: number };

const emailToChange = emailOf(1) as string;
const giveUpAfterMilliseconds = 10 * 60_000;

const pause = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));

/** How many records the running full reads have accounted for. */
export async function accountedFor(store: Store, kind: RunKind, startedAfter: number): Promise<number> {
  const runs = await store.runs({ kind, limit: 50 });
  return runs.filter((run) => run.startedAt >= startedAfter).reduce((sum, run) => sum + run.counts.read, 0);
}

export interface Wait {
  /** After which it gives up; ten minutes unless told. */
  readonly patienceMilliseconds?: number;
  /** Between two looks; 20 unless told. */
  readonly everyMilliseconds?: number;
}

/** Looks until `find` finds; throws, naming what it waited for, when it gives up or `stillRuns` says no. */
export async function waitFor<Found>(
  what: string,
  stillRuns: () => boolean,
  find: () => Promise<Found | undefined>,
  { patienceMilliseconds = giveUpAfterMilliseconds, everyMilliseconds = 20 }: Wait = {},
): Promise<Found> {
  const giveUpAt = Date.now() + patienceMilliseconds;
  while (Date.now() < giveUpAt) {
    const found = await find();
    if (found !== undefined) return found;
    if (!stillRuns()) throw new Error(`The worker ended while ${what} was awaited.`);
    await pause(everyMilliseconds);
  }
  throw new Error(`Gave up waiting for ${what} after ${patienceMilliseconds / 60_000} minutes.`);
}

/** The finished full reads of one kind, once there is one for each of `syncs`. */
export async function finishedRuns(
  store: Store,
  kind: RunKind,
  syncs: readonly string[],
  startedAfter: number,
): Promise<readonly RunRow[] | undefined> {
  const runs = (await store.runs({ kind, limit: 50 })).filter((run) => run.startedAt >= startedAfter);
  const failed = runs.find((run) => run.state === 'failed' || run.state === 'stopped');
  if (failed) throw new Error(`The ${kind} of ${failed.sync} ended as ${failed.state}.`);
  const finished = runs.filter((run) => run.state === 'finished');
  return syncs.every((sync) => finished.some((run) => run.sync === sync)) ? finished : undefined;
}

/** The counts of several runs as one, with the seconds from the first start to the last commit. */
export function sumRuns(runs: readonly RunRow[]): RunFigures {
  const counts: Record<string, number> = { ...noCounts };
  const reasons: Partial<Record<ReasonCode, number>> = {};
  for (const run of runs) {
    for (const name of ['read', ...outcomes] as const) counts[name] = (counts[name] ?? 0) + run.counts[name];
    for (const [reason, count] of Object.entries(run.reasons) as [ReasonCode, number][])
      reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  const from = Math.min(...runs.map((run) => run.startedAt));
  const to = Math.max(...runs.map((run) => run.finishedAt ?? run.startedAt));
  return { ...(counts as Counts), reasons, seconds: (to - from) / 1000 };
}

/** One call of the local org's REST API as its admin; throws with the org's own words. */
export async function callOrg<Answer>(org: Org, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${org.instanceUrl}/services/data/v66.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${org.accessToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The local org answered ${response.status} to ${method} ${path}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** Calls of the org's API that were made today, as the org counts them. */
export async function apiCallsOf(org: Org): Promise<number> {
  const { DailyApiRequests } = await callOrg<{ DailyApiRequests: { Max: number; Remaining: number } }>(
    org,
    'GET',
    '/limits',
  );
  return DailyApiRequests.Max - DailyApiRequests.Remaining;
}

/** Asks the worker for something the way the app does: by a command record, whose trigger rings the doorbell. */
export async function giveCommand(org: Org, kind: string, target: string): Promise<void> {
  const expires = new Date(Date.now() + giveUpAfterMilliseconds).toISOString();
  await callOrg(org, 'POST', '/sobjects/Plumbline_Command__c', {
    Kind__c: kind,
    Target__c: target,
    Expires_At__c: expires,
  });
}

/** The ID of the lead that the main job changes. */
export async function leadToChange(org: Org): Promise<string> {
  const soql = `SELECT Id FROM Lead WHERE Email = '${emailToChange}'`;
  const found = await callOrg<{ records: { Id: string }[] }>(org, 'GET', `/query?q=${encodeURIComponent(soql)}`);
  return found.records[0]?.Id as string;
}

/** Saves one lead anew and measures the milliseconds from the org's 2xx to the new value in Iterable. */
export async function measureLatency(org: Org, iterable: Iterable, stillRuns: () => boolean): Promise<number> {
  const id = await leadToChange(org);
  const name = `Changed ${Date.now()}`;
  await callOrg(org, 'PATCH', `/sobjects/Lead/${id}`, { FirstName: name });
  const saved = performance.now();
  await waitFor('the changed lead', stillRuns, async () => {
    const answer = await fetch(`${iterable.controlUrl}/users?search=${encodeURIComponent(emailToChange)}&limit=1`);
    return (await answer.text()).includes(JSON.stringify(name)) ? true : undefined;
  });
  return Math.round(performance.now() - saved);
}
