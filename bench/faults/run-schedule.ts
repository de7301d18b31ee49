import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../scripts/engine/index.ts';
import { createLocalIterable } from '../../local/systems/index.ts';
import { seededRandom, VirtualClock } from '../../scripts/engine/testing/index.ts';
import { judge, type Findings } from './judge.ts';
import { Network } from './network.ts';
import { People } from './people.ts';
import { configuration, preparedOrg } from './prepare-org.ts';
import type { Schedule } from './schedule.ts';
import { Stage } from './stage.ts';
import { newStoreFolder } from './store-folder.ts';
import { Streams } from './streams.ts';
import { Trace } from './trace.ts';
import { Workers } from './workers.ts';

export interface Ran extends Findings {
  /** Of everything that happened, in its order: the same schedule gives the same. */
  readonly digest: string;
  /** Everything that happened, when it was asked to be kept. */
  readonly lines: readonly string[];
}

export interface RunOptions {
  readonly keepLines?: boolean;
  /** Puts something between the workers and their store; for bugs that are planted. */
  readonly wrapStore?: (store: Store) => Store;
}

const key = 'key-of-iterable';

/** Runs one schedule over the real worker and both worlds, in virtual time, and judges what is left of it. */
export async function runSchedule(schedule: Schedule, options: RunOptions = {}): Promise<Ran> {
  const { seed, startsAt } = schedule;
  const folder = await newStoreFolder();
  const clock = new VirtualClock(startsAt, seededRandom(seed * 5 + 1));
  const random = seededRandom(seed * 5 + 2);
  const trace = new Trace(() => clock.now(), { keep: options.keepLines === true, hidden: folder });
  const org = await preparedOrg(clock, seed);
  const iterable = createLocalIterable({ apiKeys: [key], clock, seed });
  const network = new Network({ org, iterable }, { clock, random: seededRandom(seed * 5 + 3), trace });
  const streams = new Streams(org, clock, seededRandom(seed * 5 + 4));
  const people = new People(org);
  const workers = new Workers({
    org,
    network,
    streams: schedule.hasStream ? streams : undefined,
    clock,
    random,
    trace,
    storeFile: join(folder, 'store.sqlite'),
    pageRecords: schedule.pageRecords,
    sameMachine: schedule.sameMachine,
    wrapStore: options.wrapStore ?? ((store) => store),
  });
  const stage = new Stage({ schedule, clock, trace, org, iterable, network, streams, people, workers });
  try {
    const unsettled = await stage.play();
    const { store } = workers;
    const crashes = [...workers.crashes, ...unsettled];
    const doubled = network.deliveries.doubled;
    const findings = await judge({ people, iterable, configuration, store, doubled, crashes });
    for (const user of iterable.control.users()) trace.add('Iterable holds', JSON.stringify(user));
    for (const row of await store.records({ limit: 1_000_000 })) trace.add('the store holds', JSON.stringify(row));
    for (const run of await store.runs({ limit: 1_000_000 })) trace.add('the store holds', JSON.stringify(run));
    return { ...findings, digest: trace.digest(), lines: trace.lines };
  } finally {
    await workers.close();
    iterable.close();
    org.events.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
