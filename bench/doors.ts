import { generateLeads, type GeneratedLead } from '../local/world/index.ts';
import { start } from '../scripts/front-door/processes.ts';
import { processFigures } from './harness/process-figures.ts';
import { inParallel, Caller } from './harness/caller.ts';

interface Told {
  readonly pid: number;
  readonly instanceUrl: string;
  readonly accessToken: string;
}

type Saved = readonly { readonly id: string; readonly success: boolean }[];

/** Records that the slow doors, one record or a few at a time, are measured with at most. */
const mostBySlowDoor = 500;
/** Records that the other doors write at most: what is read is all that the org began with. */
const mostWritten = 20_000;
const clients = 4;

/**
 * Reads and writes through each door of the local org, which runs in a process of its own and begins with `records`
 * generated leads: records a second by each door, with four clients at once, and the most memory of the org's process.
 */
export async function doors(records: number): Promise<object> {
  const started = performance.now();
  const org = await start<Told>('local/org/main.ts', ['--port', '0', '--empty', '--json', '--rows', String(records)], {
    nodeOptions: ['--max-old-space-size=4000'],
  });
  try {
    const { pid, instanceUrl, accessToken } = org.answer;
    const startSeconds = seconds(started);
    const loadedMemoryMB = processFigures(pid).peakMemoryMB;
    const caller = new Caller(instanceUrl, accessToken);
    await caller.control('/local/limits', { dailyApiRequests: 100_000_000 });
    const leads = [...generateLeads(Math.min(records, mostWritten), 2)];
    const few = leads.slice(0, mostBySlowDoor);
    const written = await writes(caller, leads, few);
    const read = await reads(caller, records, written.ids);
    return {
      startSeconds,
      writes: written.rates,
      reads: read,
      loadedMemoryMB,
      peakMemoryMB: processFigures(pid).peakMemoryMB,
    };
  } finally {
    await org.stop();
  }
}

async function writes(caller: Caller, leads: readonly GeneratedLead[], few: readonly GeneratedLead[]) {
  const ids: string[] = [];
  const typed = (lead: GeneratedLead) => ({ attributes: { type: 'Lead' }, ...lead });
  const rates = {
    rest: await rate(few.length, () =>
      inParallel(clients, few, async (lead) => {
        ids.push((await caller.json<{ id: string }>('POST', '/sobjects/Lead', lead)).id);
      }),
    ),
    composite: await rate(few.length, () =>
      inParallel(clients, portions(few, 25), async (part) => {
        const compositeRequest = part.map((body, index) => ({
          method: 'POST',
          url: '/services/data/v66.0/sobjects/Lead',
          referenceId: `lead${index}`,
          body,
        }));
        await caller.json('POST', '/composite', { compositeRequest });
      }),
    ),
    collections: await rate(leads.length, () =>
      inParallel(clients, portions(leads, 200), async (part) => {
        const saved = await caller.json<Saved>('POST', '/composite/sobjects', { records: part.map(typed) });
        ids.push(...saved.map(({ id }) => id));
      }),
    ),
    soap: await rate(leads.length, () =>
      inParallel(clients, portions(leads, 200), (part) => caller.soapCreate('Lead', part)),
    ),
    bulkIngest: await rate(leads.length, () =>
      caller.bulkInsert(
        'Lead',
        leads.map((lead) => ({ ...lead })),
      ),
    ),
  };
  return { rates, ids };
}

async function reads(caller: Caller, records: number, ids: readonly string[]) {
  const few = ids.slice(0, mostBySlowDoor);
  const wanted = 'SELECT Id, FirstName, LastName, Company, Email, Title, Status, City, SystemModstamp FROM Lead';
  const fields = ['Id', 'LastName', 'Company', 'Email', 'Status'];
  return {
    rest: await rate(few.length, () =>
      inParallel(clients, few, (id) => caller.json('GET', `/sobjects/Lead/${id}?fields=${fields.join(',')}`)),
    ),
    uiApi: await rate(few.length, () => {
      const query = fields.map((name) => `Lead.${name}`).join(',');
      return inParallel(clients, few, (id) => caller.json('GET', `/ui-api/records/${id}?fields=${query}`));
    }),
    collections: await rate(ids.length, () =>
      inParallel(clients, portions(ids, 2000), (part) =>
        caller.json('POST', '/composite/sobjects/Lead', { ids: part, fields }),
      ),
    ),
    query: await rate(Math.min(records, 200_000), () =>
      caller.queryAll(`${wanted} LIMIT ${Math.min(records, 200_000)}`),
    ),
    bulkQuery: await rate(records, () => caller.bulkQuery(`${wanted} LIMIT ${records}`)),
  };
}

/** How many records a second some work is, and how long it took. */
async function rate(records: number, work: () => Promise<unknown>) {
  const started = performance.now();
  await work();
  const took = (performance.now() - started) / 1000;
  return { records, seconds: Math.round(took * 100) / 100, recordsPerSecond: Math.round(records / took) };
}

function portions<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 10) / 100;
}
