// `npm start`: brings up a local org with the package deployed and 40,000 leads in it, a local Iterable and a worker,
// runs the main job and shows where to look. With `--once` it ends after the job, with exit code 0 only if every record
// is accounted for; `--json` prints the figures as one line of JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLeads, loadLeads } from '../../local/world/index.ts';
import { balances } from '../engine/index.ts';
import { openStore } from '../store/index.ts';
import {
  callOrg,
  finishedRuns,
  giveCommand,
  measureLatency,
  sumRuns,
  waitFor,
  type Iterable,
  type Org,
  type RunFigures,
} from './main-job.ts';
import { start } from './processes.ts';

const { values: options } = parseArgs({
  options: { once: { type: 'boolean' }, json: { type: 'boolean' }, records: { type: 'string', default: '40000' } },
});
const records = Number(options.records);
if (!Number.isSafeInteger(records) || records < 1) {
  console.error(`--records wants a whole number above 0, not "${options.records}".`);
  process.exit(2);
}
const say = (line: string): void => {
  if (!options.json) console.log(line);
};

const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());

say('Starting the local org and deploying the package …');
const ports = options.once ? { org: '0', iterable: '0' } : { org: '8066', iterable: '8067' };
const org = await start<Org & { username: string }>('local/org/main.ts', ['--port', ports.org, '--json']);
const iterable = await start<Iterable>('local/systems/main.ts', ['iterable', '--port', ports.iterable, '--json']);

say(`Loading ${records.toLocaleString('en')} leads …`);
await loadLeads(org.answer, generateLeads(records));
const callsBefore = await apiCalls();

const storeFile = join(folder, 'store.sqlite');
const jobStarted = Date.now();
const worker = await start<{ ready: boolean }>(
  'scripts/cli/worker.ts',
  [
    '--instance-url',
    org.answer.instanceUrl,
    '--iterable-url',
    iterable.answer.baseUrl,
    '--store',
    storeFile,
    '--apply',
    'config/syncs/iterable.yaml',
    '--json',
  ],
  { environment: { PLUMBLINE_ACCESS_TOKEN: org.answer.accessToken, PLUMBLINE_ITERABLE_KEY: iterable.answer.apiKey } },
);
const stillRuns = (): boolean => worker.process.exitCode === null && !stop.signal.aborted;
const store = await openStore({ file: storeFile });
const syncs = ['leads', 'contacts'];

say('Backfilling Iterable, at its own limit of 5 requests a second …');
const backfill = sumRuns(
  await waitFor('the backfill', stillRuns, () => finishedRuns(store, 'backfill', syncs, jobStarted)),
);
sayRun('Backfill', backfill);

const againFrom = Date.now();
for (const sync of syncs) await giveCommand(org.answer, 'backfill', sync);
const secondRun = sumRuns(
  await waitFor('the second backfill', stillRuns, () => finishedRuns(store, 'backfill', syncs, againFrom)),
);
sayRun('The same again', secondRun);

const latencyMs = await measureLatency(org.answer, iterable.answer, stillRuns);
say(`A changed lead was in Iterable ${latencyMs} ms after the org had saved it.`);

const stats = (await (await fetch(`${iterable.answer.controlUrl}/stats`)).json()) as {
  requests: number;
  throttled: number;
  users: number;
};
const figures = {
  backfill,
  secondRun,
  live: { latencyMs },
  iterable: { requests: stats.requests, throttled: stats.throttled, users: stats.users },
  salesforce: { apiCalls: (await apiCalls()) - callsBefore },
};
const accounted = balances(backfill) && balances(secondRun) && backfill.read === records && secondRun.read === records;
if (options.json) console.log(JSON.stringify(figures));
else {
  say(
    `Iterable: ${stats.requests} requests, ${stats.throttled} throttled, ${stats.users.toLocaleString('en')} users. The org: ${figures.salesforce.apiCalls} API calls.`,
  );
  say(accounted ? 'Every record is accounted for.' : 'NOT every record is accounted for.');
}

if (!options.once && !stop.signal.aborted) {
  say('');
  say(`  Local Iterable  ${iterable.answer.baseUrl}/`);
  say(`  Local org       ${org.answer.instanceUrl}  (user ${org.answer.username})`);
  say('');
  say('Change a lead in the local org and see it arrive. Ctrl-C ends everything.');
  await new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve());
    worker.process.once('exit', () => resolve());
  });
}
await store.close();
// The worker first: its last report goes to the org.
await worker.stop();
await Promise.all([iterable.stop(), org.stop()]);
process.exit(accounted ? 0 : 1);

async function apiCalls(): Promise<number> {
  const limits = await callOrg<{ DailyApiRequests: { Max: number; Remaining: number } }>(org.answer, 'GET', '/limits');
  return limits.DailyApiRequests.Max - limits.DailyApiRequests.Remaining;
}

function sayRun(title: string, run: RunFigures): void {
  const reasons = Object.entries(run.reasons).map(([reason, count]) => `${count} ${reason}`);
  say(
    `${title}: ${run.read.toLocaleString('en')} read = ${run.created} created + ${run.updated} updated + ${run.unchanged} unchanged + ${run.skipped} skipped + ${run.held} held + ${run.failed} failed` +
      ` in ${run.seconds.toFixed(1)} s${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
  );
}
