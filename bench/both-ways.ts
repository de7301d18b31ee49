import { join } from 'node:path';
import { askCommand } from '../scripts/control/index.ts';
import type { RunRow, Store } from '../scripts/engine/index.ts';
import { apiCallsOf, finishedRuns, giveCommand, waitFor } from '../scripts/front-door/main-job.ts';
import { start } from '../scripts/front-door/processes.ts';
import { openStore } from '../scripts/store/index.ts';
import { startPendoWorld, type PendoWorld } from './harness/pendo-world.ts';
import { processFigures } from './harness/process-figures.ts';

const pull = 'accounts';
const push = 'usage';
const patienceMilliseconds = 30 * 60_000;
const freshMilliseconds = 61_000;

/** What a full read of one direction did, and what it cost on both sides, as these counted it. */
interface Pass {
  readonly seconds: number;
  readonly counts: RunRow['counts'];
  readonly salesforceCalls: number;
  readonly pendoRequests: number;
  readonly pendoValuesReceived: number;
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
      // A report's answer serves those who ask within a minute.
      await world.clock.sleep(freshMilliseconds);
      const forecast = await forecastOf(world, push);
      const changed = await read(push);
      await world.clock.sleep(freshMilliseconds);
      const noOp = { pull: await read(pull), push: await read(push) };
      return {
        seconds: Math.round(first.reduce((sum, run) => sum + secondsOf(run), 0) * 10) / 10,
        first: first.map(({ sync, counts }) => ({ sync, ...counts })),
        pushOfChanges: { ...changed, forecast },
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
  const before = await countedBy(world);
  const since = Date.now();
  await giveCommand(world.org, 'backfill', sync);
  const run = await ended(store, sync, since, isRunning);
  const after = await countedBy(world);
  return {
    seconds: secondsOf(run),
    counts: run.counts,
    salesforceCalls: after.salesforceCalls - before.salesforceCalls,
    pendoRequests: after.requests - before.requests,
    pendoValuesReceived: after.valuesReceived - before.valuesReceived,
  };
}

async function ended(store: Store, sync: string, since: number, isRunning: () => boolean): Promise<RunRow> {
  const found = async (): Promise<RunRow | undefined> =>
    (await finishedRuns(store, 'backfill', [sync], since))?.find((run) => run.sync === sync);
  return waitFor(`the full read of ${sync}`, isRunning, found, patienceMilliseconds);
}

function secondsOf({ startedAt, finishedAt = startedAt }: RunRow): number {
  return (finishedAt - startedAt) / 1000;
}

/** Calls of the org's API that a dry run says a full read will take. */
async function forecastOf({ salesforce, clock }: PendoWorld, sync: string): Promise<number> {
  const readAnswer = (command: string): Promise<unknown> => salesforce.readAnswer(command);
  const asked = await askCommand(
    { records: salesforce.client, clock, readAnswer },
    { kind: 'plan', target: sync, arguments: {}, milliseconds: patienceMilliseconds },
  );
  const answer = await asked.answer(new AbortController().signal);
  if (!answer.ok) throw new Error(`The dry run of ${sync} failed: ${answer.message}`);
  return (answer.body as { readonly forecast: { readonly targetCalls: number } }).forecast.targetCalls;
}

async function countedBy({ org, pendo }: PendoWorld): Promise<{
  readonly salesforceCalls: number;
  readonly requests: number;
  readonly valuesReceived: number;
}> {
  const answer = await fetch(`${pendo.controlUrl}/stats`);
  const { requests, valuesReceived } = (await answer.json()) as { requests: number; valuesReceived: number };
  return { salesforceCalls: await apiCallsOf(org), requests, valuesReceived };
}
