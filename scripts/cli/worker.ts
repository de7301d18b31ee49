// `npm run worker -- --store FILE …`: keeps the activated syncs of one org in step until SIGTERM. Once it is ready it
// prints {"ready":true,"pid":…}; what it does goes to stderr.
import { randomUUID } from 'node:crypto';
import { activateDraft, applyDraft, setPaused } from '../control/index.ts';
import { PlumblineError } from '../engine/index.ts';
import { openOrg, openWorker, type OpenOrg } from './compose.ts';
import { exitCodeOf, exitCodes } from './frame/exit-codes.ts';
import { readConfigurationFiles } from './frame/files.ts';
import { requireRunnable } from './runnable.ts';
import { readWorkerOptions, workerUsage, type WorkerCommandLine } from './worker-options.ts';
import { secretsIn, workerLog } from './worker-log.ts';

/** After SIGTERM. What has not ended by then is cut, as by a crash, and recovered at the next start. */
const endWithinMilliseconds = 4_500;

const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    stop.abort(new Error(`stopped by ${name}`));
    setTimeout(() => process.exit(exitCodes.done), endWithinMilliseconds).unref();
  });
}

try {
  const options = readWorkerOptions(process.argv.slice(2), process.env);
  if (options === undefined) process.stdout.write(workerUsage);
  else await work(options);
} catch (error) {
  if (!(error instanceof PlumblineError)) throw error;
  process.stderr.write(`Error: ${error.message}\n${error.actions.map((action) => `  → ${action}\n`).join('')}`);
  process.exitCode = exitCodeOf(error);
}

async function work({
  login,
  storeFile,
  apply,
  pubSub,
  pageRecords,
  reserve,
  json,
  environment,
}: WorkerCommandLine): Promise<void> {
  await using org = await openOrg(login, environment, pageRecords === undefined ? {} : { pageRecords });
  const log = workerLog(org.clock, { json: json || !process.stderr.isTTY, secrets: secretsIn(environment) });
  if (apply !== undefined) await applyAndActivate(org, apply);
  await using worker = await openWorker(org, {
    storeFile,
    ...(pubSub === undefined ? {} : { pubSub }),
    environment,
    reserve,
    log,
  });
  const running = worker.run(stop.signal);
  process.stdout.write(json ? `${JSON.stringify({ ready: true, pid: process.pid })}\n` : 'The worker is ready.\n');
  await running;
}

/** Syncs that the file brings anew run at once: who starts a worker with a file wants them to. Others stay as they are. */
async function applyAndActivate(org: OpenOrg, file: string): Promise<void> {
  const { newSyncs } = await applyDraft(org.records, readConfigurationFiles([file]), { prune: false });
  await activateDraft(org.records, { now: org.clock.now(), id: randomUUID(), check: requireRunnable });
  for (const sync of newSyncs) await setPaused(org.records, sync, false);
}
