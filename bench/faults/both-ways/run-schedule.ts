import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalPendo } from '../../../local/systems/index.ts';
import { seededRandom, VirtualClock } from '../../../scripts/engine/testing/index.ts';
import { People } from '../people.ts';
import { prepareOrg } from '../prepare-org.ts';
import { newStoreFolder } from '../store-folder.ts';
import { Trace } from '../trace.ts';
import { Workers } from '../workers.ts';
import { configuration, orgWithFields, pulled, reportName } from './configuration.ts';
import { judge } from './judge.ts';
import { Network } from './network.ts';
import type { Schedule } from './schedule.ts';
import { Stage } from './stage.ts';

export interface Ran {
  /** What is wrong with either side or with the books, one line each. */
  readonly wrong: readonly string[];
  /** Accounts that were in two requests that could be applied at the same time. */
  readonly doubled: readonly string[];
  /** Fields outside of the namespace that a request to the org carried. */
  readonly foreign: readonly string[];
  /** What reading both sides once more, with nothing changed, wrote. */
  readonly restless: readonly string[];
  /** Requests that wrote accounts of the org, and values that reached Pendo. */
  readonly wrote: { readonly org: number; readonly pendo: number };
  readonly lines: readonly string[];
}

const everything = 1_000_000;
const key = 'key-of-pendo';
const environment = { PLUMBLINE_PENDO_INTEGRATION_KEY: key, PLUMBLINE_SECRETS: '/nowhere/secrets.json' };

/** Runs one schedule over the real worker, the local org and the local Pendo, in virtual time, and judges both sides. */
export async function runSchedule(schedule: Schedule, options: { readonly keepLines?: boolean } = {}): Promise<Ran> {
  const { seed, startsAt, extraRows } = schedule;
  const folder = await newStoreFolder();
  const clock = new VirtualClock(startsAt, seededRandom(seed * 5 + 1));
  const trace = new Trace(() => clock.now(), { keep: options.keepLines === true, hidden: folder });
  const org = orgWithFields().fork({ clock, seed });
  await clock.run(prepareOrg(org, clock, configuration));
  const flows = org.events.open('/event/Plumbline_Values_Changed__e', { preset: 'latest' });
  const pendo = createLocalPendo({ keys: { [key]: { write: true } }, clock, seed, habits: { extraRows } });
  furnish(pendo);
  const network = new Network({ org, pendo }, { clock, random: seededRandom(seed * 5 + 3), trace });
  const people = new People(org);
  const workers = new Workers({
    org,
    network,
    environment,
    streams: undefined,
    clock,
    random: seededRandom(seed * 5 + 2),
    trace,
    storeFile: join(folder, 'store.sqlite'),
    pageRecords: 1_000,
    sameMachine: true,
    wrapStore: (store) => store,
  });
  const stage = new Stage({ schedule, clock, trace, org, pendo, key, network, people, workers });
  try {
    const unsettled = await stage.play();
    const announced = new Set(flows.read(everything).map(({ values }) => String(values.get('Record_Id__c'))));
    const sides = { people, pendo, key, all: stage.all, known: stage.known, announced };
    const found = await judge({ ...sides, store: workers.store });
    const wrote = { org: network.written.requests, pendo: received(pendo) };
    const unsettledAgain = unsettled.length > 0 ? [] : await stage.readAll();
    const again = { org: network.written.requests - wrote.org, pendo: received(pendo) - wrote.pendo };
    return {
      wrong: [...workers.crashes, ...unsettled, ...unsettledAgain, ...found],
      doubled: network.deliveries.doubled,
      foreign: network.written.foreign,
      restless: [
        ...(again.org > 0 ? [`${again.org} requests wrote accounts of the org again`] : []),
        ...(again.pendo > 0 ? [`${again.pendo} values were written to Pendo again`] : []),
      ],
      wrote,
      lines: trace.lines,
    };
  } finally {
    await workers.close();
    pendo.close();
    org.events.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an admin of Pendo has set up. */
function furnish({ control }: ReturnType<typeof createLocalPendo>): void {
  const types = { name: 'string', industry: 'string', numberofemployees: 'integer' } as const;
  for (const name of Object.values(pulled))
    control.putField({ kind: 'account', group: 'salesforce', name, type: types[name] });
  control.putField({ kind: 'account', group: 'agent', name: 'tag', type: 'string' });
  control.putReport('usage', {
    name: reportName,
    kind: 'account',
    type: 'List',
    shared: true,
    segmentId: 'everyone',
    range: { last: 30 },
    // Whoever came has events: a row of nothing but zeros could not be told from one of who did not come.
    columns: [
      { name: 'numEvents', label: 'Events', from: { metric: 'numEvents' } },
      { name: 'numMinutes', label: 'Minutes', from: { metric: 'numMinutes' } },
      { name: 'numFeatureClicks', label: 'Clicks', from: { metric: 'numFeatureClicks' } },
    ],
  });
}

function received(pendo: ReturnType<typeof createLocalPendo>): number {
  return pendo.control.stats()['valuesReceived'] as number;
}
