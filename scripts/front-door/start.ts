// `npm start`: brings up a local org with the package deployed and 40,000 leads in it, a local Iterable and a worker,
// runs the main job and shows where to look: the app's screens in the local org first. With `--once` it shows no screen
// and ends after the job, with exit code 0 only if every record is accounted for; `--json` prints the figures as one line
// of JSON.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLeads, loadLeads } from '../../local/world/index.ts';
import { balances, reasonCodes, sentenceOf, type RunRow } from '../engine/index.ts';
import { openStore } from '../store/index.ts';
import { furnishPendo, type Pendo } from './furnish-pendo.ts';
import { writeConfiguration } from './local-configuration.ts';
import {
  accountedFor,
  apiCallsOf,
  finishedRuns,
  giveCommand,
  leadToChange,
  measureLatency,
  sumRuns,
  waitFor,
  type Iterable,
  type Org,
  type RunFigures,
} from './main-job.ts';
import { prepareScreens } from './prepare-screens.ts';
import { start, stopAll } from './processes.ts';

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
const logFile = '.plumbline/worker.log';
mkdirSync('.plumbline', { recursive: true });
const stop = new AbortController();
let exitCode = 1;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
stop.signal.addEventListener('abort', () => void end());
process.on('uncaughtException', (error) => {
  // What was under way when a signal came fails for that reason.
  if (stop.signal.aborted) return;
  console.error(`Error: ${error.message}\n  → The worker's log is ${logFile}.`);
  process.exit(1);
});

say('Starting the local org and deploying the package …');
const ports = options.once
  ? { org: '0', iterable: '0', pendo: '0' }
  : { org: await freePort(8066), iterable: await freePort(8067), pendo: await freePort(8068) };
// Pendo serves whoever looks round, and has no part in the job: it starts beside everything else.
const startingPendo = options.once
  ? undefined
  : start<Pendo>('local/systems/main.ts', ['pendo', '--port', ports.pendo, '--json']);
const org = await start<Org & { username: string }>('local/org/main.ts', ['--port', ports.org, '--json']);
const iterable = await start<Iterable>('local/systems/main.ts', ['iterable', '--port', ports.iterable, '--json']);
const screens = `${org.answer.instanceUrl}/lightning/app/Plumbline`;
if (!options.once) {
  say(`The app is at ${screens} from now on: log in as admin, operator, viewer or seller, without a password.`);
  prepareScreens(org.answer).catch((error: unknown) => {
    if (!stop.signal.aborted) say(`The screens could not be prepared: ${String(error)}`);
  });
}

say(`Loading ${records.toLocaleString('en')} leads …`);
await loadLeads(org.answer, generateLeads(records));
const pendo = await startingPendo;
if (pendo !== undefined) await furnishPendo(org.answer, pendo.answer);
const callsBefore = await apiCallsOf(org.answer);

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
    writeConfiguration(folder, iterable.answer),
    '--json',
  ],
  {
    environment: {
      PLUMBLINE_ACCESS_TOKEN: org.answer.accessToken,
      PLUMBLINE_ITERABLE_KEY: iterable.answer.apiKey,
      ...(pendo !== undefined && {
        PLUMBLINE_PENDO_KEY: pendo.answer.integrationKey,
        PLUMBLINE_PENDO_URL: pendo.answer.baseUrl,
      }),
    },
    logFile,
  },
);
const stillRuns = (): boolean => worker.process.exitCode === null && !stop.signal.aborted;
const store = await openStore({ file: storeFile });
const syncs = ['leads', 'contacts'];

say('Backfilling Iterable, at its own limit of 5 requests a second …');
const backfill = sumRuns(await watched('the backfill', jobStarted));
sayRun('Backfill', backfill);

const againFrom = Date.now();
for (const sync of syncs) await giveCommand(org.answer, 'backfill', sync);
const secondRun = sumRuns(await watched('the second backfill', againFrom));
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
  salesforce: { apiCalls: (await apiCallsOf(org.answer)) - callsBefore },
};
const accounted = balances(backfill) && balances(secondRun) && backfill.read === records && secondRun.read === records;
exitCode = accounted ? 0 : 1;
if (options.json) console.log(JSON.stringify(figures));
else {
  say(
    `Iterable: ${stats.requests} requests, ${stats.throttled} throttled, ${stats.users.toLocaleString('en')} users. The org: ${figures.salesforce.apiCalls} API calls.`,
  );
  say(accounted ? 'Every record is accounted for.' : 'NOT every record is accounted for.');
}

if (!options.once && !stop.signal.aborted) {
  say('');
  say(`  The app         ${screens}`);
  say(`  Local Iterable  ${iterable.answer.baseUrl}/`);
  if (pendo !== undefined)
    say(`  Local Pendo     ${pendo.answer.baseUrl}/  (set it up in the app, or apply config/syncs/pendo.yaml)`);
  say(`  Local org       ${org.answer.instanceUrl}  (user ${org.answer.username})`);
  say(`  Worker's log    ${logFile}`);
  say('');
  say('Change a lead in the local org and see it arrive in the local Iterable within a second:');
  say('');
  const lead = await leadToChange(org.answer);
  say(`  curl -X PATCH ${org.answer.instanceUrl}/services/data/v66.0/sobjects/Lead/${lead} \\`);
  say(`    -H 'Authorization: Bearer ${org.answer.accessToken}' -H 'Content-Type: application/json' \\`);
  say(`    -d '{"FirstName":"Changed"}'`);
  say('');
  say('Ctrl-C ends everything.');
  await once(worker.process, 'exit');
}
await store.close();
await end();

/** The worker ends before the org that its last report goes to; all within five seconds. */
async function end(): Promise<never> {
  await stopAll(4_500);
  process.exit(exitCode);
}

/** The runs of a full read of every sync, once finished; on a terminal shows meanwhile how far it is. */
async function watched(what: string, from: number): Promise<readonly RunRow[]> {
  const shows = process.stdout.isTTY && !options.json;
  let shown = 0;
  const runs = await waitFor(what, stillRuns, async () => {
    if (shows && Date.now() - shown > 200) {
      shown = Date.now();
      const read = await accountedFor(store, 'backfill', from);
      process.stdout.write(`\r  ${read.toLocaleString('en')} of ${records.toLocaleString('en')} accounted for `);
    }
    return finishedRuns(store, 'backfill', syncs, from);
  });
  if (shows) process.stdout.write('\r\u001b[K');
  return runs;
}

/** The preferred port, or any (0) where something else listens on it. */
async function freePort(preferred: number): Promise<string> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(preferred, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free ? String(preferred) : '0';
}

function sayRun(title: string, run: RunFigures): void {
  say(
    `${title}: ${run.read.toLocaleString('en')} read = ${run.created} created + ${run.updated} updated + ${run.unchanged} unchanged + ${run.skipped} skipped + ${run.held} held + ${run.failed} failed` +
      ` in ${run.seconds.toFixed(1)} s`,
  );
  for (const reason of reasonCodes) {
    const count = run.reasons[reason];
    if (count) say(`  ${count.toLocaleString('en')}: ${sentenceOf(reason)}`);
  }
}
