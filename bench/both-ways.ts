import { join } from 'node:path';
import { askCommand } from '../scripts/control/index.ts';
import { recordsACall, type DryRunAnswer, type RunRow, type Store } from '../scripts/engine/index.ts';
import { apiCallsOf, finishedRuns, giveCommand, waitFor } from '../scripts/front-door/main-job.ts';
import { start } from '../scripts/front-door/processes.ts';
import { openStore } from '../scripts/store/index.ts';
import { startPendoWorld, type PendoWorld } from './harness/pendo-world.ts';
import { processFigures } from './harness/process-figures.ts';

const pull = 'accounts';
const push = 'usage';
const patienceMilliseconds = 30 * 60_000;
/** A report's answer serves those who ask within a minute. */
const freshMilliseconds = 61_000;

type OrgCalls = DryRunAnswer['forecast']['org'];

/** What a full read of one direction did, and what it cost on both sides, as these counted it. */
interface Pass {
  readonly run: string;
  readonly seconds: number;
  readonly counts: RunRow['counts'];
  /** Of the org's API, as the worker counted them for this run. */
  readonly calls: Omit<OrgCalls, 'echo'>;
  readonly pendoRequests: number;
  readonly pendoValuesReceived: number;
  /** Calls of the org's API while it went on and in the minute after it that no run counts, and the seconds of that time. */
  readonly beside: { readonly calls: number; readonly seconds: number };
}

/**
 * Accounts of an org into Pendo, and a report of Pendo into their fields: `records` of them filled for the first time,
 * pushed anew after all usage has changed, and read once more with nothing changed. The forecast is that of a dry run.
 */
export async function bothWays(records: number): Promise<object> {
  const world = await startPendoWorld(records);
  try {
    const file = join(world.folder, 'store.sqlite');
    const words = ['--instance-url', world.org.instanceUrl, '--store', file, '--apply', 'config/syncs/pendo.yaml'];
    const worker = await start<{ pid: number }>('scripts/cli/worker.ts', [...words, '--json'], {
      environment: {
        PLUMBLINE_ACCESS_TOKEN: world.org.accessToken,
        PLUMBLINE_PENDO_URL: world.pendo.baseUrl,
        PLUMBLINE_PENDO_KEY: world.pendo.integrationKey,
      },
    });
    const store = await openStore({ file });
    const isRunning = (): boolean => worker.process.exitCode === null && worker.process.signalCode === null;
    const read = (sync: string): Promise<Pass> => passOf(world, store, sync, isRunning);
    try {
      const first = [await ended(store, pull, 0, isRunning), await ended(store, push, 0, isRunning)];
      await world.changeUsage();
      await world.clock.sleep(freshMilliseconds);
      const forecast = await forecastOf(world, push);
      const changed = await read(push);
      // An hour has room for so many: what it had none for is told later, and counted then.
      const waiting = (await store.unannounced(records)).filter(({ run }) => run === changed.run);
      const noOp = { pull: await read(pull), push: await read(push) };
      const counted = { ...changed.calls, tell: changed.calls.tell + Math.ceil(waiting.length / recordsACall) };
      // The polls of other syncs are none of the run's calls.
      const { echo: _, ...ofRun } = forecast;
      const off = sumOf(counted) / sumOf(ofRun) - 1;
      return {
        seconds: Math.round(first.reduce((sum, run) => sum + secondsOf(run), 0) * 10) / 10,
        first: first.map(({ sync, counts }) => ({ sync, ...counts })),
        pushOfChanges: {
          ...changed,
          forecast: { ...forecast, ofRun: sumOf(ofRun) },
          counted: { ...counted, ofRun: sumOf(counted), offPercent: Math.round(off * 1_000) / 10 },
        },
        noOp,
        peakMemoryMB: processFigures(worker.answer.pid).peakMemoryMB,
        peer: null,
        ratio: null,
      };
    } finally {
      await store.close();
      await worker.stop();
    }
  } finally {
    await world.stop();
  }
}

async function passOf(world: PendoWorld, store: Store, sync: string, isRunning: () => boolean): Promise<Pass> {
  const before = await pendoCounts(world);
  const told = await allRuns(store);
  const callsBefore = await apiCallsOf(world.org);
  const since = Date.now();
  await giveCommand(world.org, 'backfill', sync);
  const { id } = await ended(store, sync, since, isRunning);
  await world.clock.sleep(freshMilliseconds);
  const calls = (await apiCallsOf(world.org)) - callsBefore - ((await allRuns(store)) - told) - ownCalls;
  const beside = { calls, seconds: (Date.now() - since) / 1_000 };
  const after = await pendoCounts(world);
  const run = await store.run(id);
  if (!run) throw new Error(`The store lost the run ${id}.`);
  return {
    run: id,
    seconds: secondsOf(run),
    counts: run.counts,
    calls: callsOf(run),
    pendoRequests: after.requests - before.requests,
    pendoValuesReceived: after.valuesReceived - before.valuesReceived,
    beside,
  };
}

/** Calls that this bench makes itself in that time: it gives the command, and looks at the org's count. */
const ownCalls = 2;

/** By what they were for, as the run's page shows them. */
function callsOf({ sync, sourceCalls, targetCalls, lookUpCalls, tellCalls, reportCalls }: RunRow): Pass['calls'] {
  const shown = { tell: tellCalls, report: reportCalls };
  return sync === push
    ? { read: 0, lookUp: lookUpCalls, write: targetCalls - lookUpCalls, ...shown }
    : { read: sourceCalls, lookUp: 0, write: 0, ...shown };
}

/** Calls of the org's API that all runs together have counted. */
async function allRuns(store: Store): Promise<number> {
  return (await store.runs({ limit: 1_000 })).reduce((sum, run) => sum + sumOf(callsOf(run)), 0);
}

function sumOf(calls: Partial<OrgCalls>): number {
  return Object.values(calls).reduce((sum, each) => sum + each, 0);
}

async function ended(store: Store, sync: string, since: number, isRunning: () => boolean): Promise<RunRow> {
  const found = async (): Promise<RunRow | undefined> =>
    (await finishedRuns(store, 'backfill', [sync], since))?.find((run) => run.sync === sync);
  return waitFor(`the full read of ${sync}`, isRunning, found, { patienceMilliseconds });
}

function secondsOf({ startedAt, finishedAt = startedAt }: RunRow): number {
  return (finishedAt - startedAt) / 1000;
}

/** Calls of the org's API that a dry run says a full read will take, by what they are for. */
async function forecastOf({ salesforce, clock }: PendoWorld, sync: string): Promise<OrgCalls> {
  const readAnswer = (command: string): Promise<unknown> => salesforce.readAnswer(command);
  const asked = await askCommand(
    { records: salesforce.client, clock, readAnswer },
    { kind: 'plan', target: sync, arguments: {}, milliseconds: patienceMilliseconds },
  );
  const answer = await asked.answer(new AbortController().signal);
  if (!answer.ok) throw new Error(`The dry run of ${sync} failed: ${answer.message}`);
  // The worker of this very version made it.
  return (answer.body as DryRunAnswer).forecast.org;
}

async function pendoCounts({ pendo }: PendoWorld): Promise<{
  readonly requests: number;
  readonly valuesReceived: number;
}> {
  const answer = await fetch(`${pendo.controlUrl}/stats`);
  return (await answer.json()) as { requests: number; valuesReceived: number };
}
