import { balances } from '../../scripts/engine/index.ts';
import { seededRandom } from '../../local/world/index.ts';
import { callOrg } from '../../scripts/front-door/main-job.ts';
import { differences } from './expected.ts';
import { setDial, startWorker, startWorld, type RunningWorker, type World } from './world.ts';

export interface KillReport {
  readonly seed: number;
  readonly kills: number;
  readonly edits: number;
  readonly seconds: number;
  /** Seconds from the last start of the worker until both sides held the same. */
  readonly recoverySeconds: number;
}

const lateApplySeconds = 2;
const pollSeconds = 1;
const settleWithinMilliseconds = 90_000;
const people = 300;

const pause = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));

/**
 * Runs a worker over `records` leads and kills it `kills` times with SIGKILL, at instants that the seed decides, while
 * leads and contacts are saved and the local Iterable cuts, doubles, delays and refuses requests. Then lets it recover
 * and throws unless Iterable holds exactly what it should and every record is accounted for.
 */
export async function killSchedule(seed: number, kills: number, records: number): Promise<KillReport> {
  const started = performance.now();
  const random = seededRandom(seed);
  const world = await startWorld(records, { seed, settings: { lateApplySeconds }, pollSeconds });
  try {
    await setDial(world, {
      seed,
      rates: {
        cutBeforeApply: 0.04,
        cutAfterApply: 0.04,
        duplicate: 0.04,
        late: { probability: 0.04, maximumMilliseconds: lateApplySeconds * 1000 - 200 },
        slow: { probability: 0.04, milliseconds: 300 },
        error500: 0.02,
        error503: 0.02,
        throttle: 0.02,
      },
    });
    let edits = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const worker = await startWorker(world, 'store.sqlite');
      const lives = 200 + random() * 1_800;
      const edited = edit(world, random);
      await pause(lives);
      worker.started.process.kill('SIGKILL');
      await worker.stop();
      edits += await edited;
    }
    await setDial(world, { rates: {} });
    const recovering = performance.now();
    const worker = await startWorker(world, 'store.sqlite');
    await settled(world, worker, seed);
    const recoverySeconds = (performance.now() - recovering) / 1000;
    await everyRecordAccountedFor(world, worker, seed);
    await worker.stop();
    return { seed, kills, edits, seconds: (performance.now() - started) / 1000, recoverySeconds };
  } finally {
    await world.stop();
  }
}

/** Saves some leads anew, moves an email from one to another, brings in contacts with the emails of leads. */
async function edit(world: World, random: () => number): Promise<number> {
  const org = world.org.answer;
  const { records } = await callOrg<{ records: { Id: string; Email: string | null }[] }>(
    org,
    'GET',
    `/query?q=${encodeURIComponent(`SELECT Id, Email FROM Lead ORDER BY Id LIMIT ${people}`)}`,
  );
  const pick = (): { Id: string; Email: string | null } =>
    records[Math.floor(random() * records.length)] as { Id: string; Email: string | null };
  const edits = 20;
  for (let count = 0; count < edits; count += 1) {
    const chance = random();
    const lead = pick();
    if (chance < 0.6)
      await callOrg(org, 'PATCH', `/sobjects/Lead/${lead.Id}`, { FirstName: `Edited ${Math.floor(random() * 1e6)}` });
    else if (chance < 0.8) await callOrg(org, 'PATCH', `/sobjects/Lead/${lead.Id}`, { Email: pick().Email });
    else
      await callOrg(org, 'POST', '/sobjects/Contact', {
        FirstName: 'Contact',
        LastName: `Person ${Math.floor(random() * 1e6)}`,
        ...(lead.Email === null ? {} : { Email: lead.Email }),
      });
    await pause(random() * 60);
  }
  return edits;
}

async function settled(world: World, worker: RunningWorker, seed: number): Promise<void> {
  const giveUpAt = Date.now() + settleWithinMilliseconds;
  let found: string[] = ['nothing was compared yet'];
  while (Date.now() < giveUpAt) {
    if (!worker.isRunning()) throw new Error(`Seed ${seed}: the worker ended while it should recover.`);
    found = await unfinished(worker);
    if (found.length === 0) found = await differences(world.org.answer, world.iterable.answer);
    if (found.length === 0) {
      // What was sent without an answer may still be applied until then: it must not undo what is right now.
      await pause(lateApplySeconds * 1000 + pollSeconds * 1000);
      found = await differences(world.org.answer, world.iterable.answer);
      if (found.length === 0) return;
    }
    await pause(250);
  }
  throw new Error(
    `Seed ${seed}: after ${settleWithinMilliseconds / 1000} s Iterable does not hold what it should:\n${found.join('\n')}`,
  );
}

/** What the worker still has to do, one line each. */
async function unfinished(worker: RunningWorker): Promise<string[]> {
  const running = await worker.store.runs({ kind: 'backfill', state: 'running', limit: 10 });
  const backlog = await worker.store.backlog();
  return [
    ...running.map(
      (run) => `the backfill of ${run.sync} is running: ${JSON.stringify(run.counts)}, pages done: ${run.pagesDone}`,
    ),
    ...backlog.map(
      (work) => `${work.count} of ${work.sync} wait, the first due in ${work.oldestDueAt - Date.now()} ms`,
    ),
  ];
}

async function everyRecordAccountedFor(world: World, worker: RunningWorker, seed: number): Promise<void> {
  for (const run of await worker.store.runs({ limit: 1_000 })) {
    if (!balances(run.counts))
      throw new Error(`Seed ${seed}: the ${run.kind} ${run.id} does not balance: ${JSON.stringify(run.counts)}`);
  }
  for (const [sync, object] of [
    ['leads', 'Lead'],
    ['contacts', 'Contact'],
  ] as const) {
    const { totalSize } = await callOrg<{ totalSize: number }>(
      world.org.answer,
      'GET',
      `/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object}`)}`,
    );
    const rows = await worker.store.records({ sync, limit: 1_000_000 });
    if (rows.length !== totalSize)
      throw new Error(`Seed ${seed}: ${rows.length} of ${totalSize} ${object} records are accounted for.`);
    const open = rows.find((row) => row.outcome === 'held' || row.outcome === 'failed');
    if (open)
      throw new Error(
        `Seed ${seed}: ${object} ${open.source} is still ${open.outcome}: ${open.reason} ${open.detail ?? ''}`,
      );
  }
}
