import type { LocalIterable } from '../../local/systems/index.ts';
import { balances, type Configuration, type Store } from '../../scripts/engine/index.ts';
import { expectedUsers, included } from './expected.ts';
import type { People } from './people.ts';

/** What is wrong when everything has settled, one line each. */
export interface Findings {
  /** Records that Iterable should hold and does not. */
  readonly lost: readonly string[];
  /** Keys that were in two requests that could be applied at the same time; records that a full read counted twice. */
  readonly doubled: readonly string[];
  /** Records that Iterable holds with other values than the org's. */
  readonly stale: readonly string[];
  /** Records without an outcome, runs that do not balance, commands without an answer, workers that crashed. */
  readonly unaccounted: readonly string[];
}

export function isClean({ lost, doubled, stale, unaccounted }: Findings): boolean {
  return lost.length + doubled.length + stale.length + unaccounted.length === 0;
}

export interface Judged {
  readonly people: People;
  readonly iterable: LocalIterable;
  readonly configuration: Pick<Configuration, 'syncs'>;
  readonly store: Store;
  readonly doubled: readonly string[];
  readonly crashes: readonly string[];
}

const everything = 1_000_000;

/** Compares both sides, and the books with both. It knows the org and the configuration, and nothing of the engine. */
export async function judge(judged: Judged): Promise<Findings> {
  const { people, iterable, configuration } = judged;
  const lost: string[] = [];
  const stale: string[] = [];
  const users = new Map([...iterable.control.users()].map((user) => [user.email, user]));
  for (const [key, { source, fields }] of expectedUsers(people, configuration)) {
    const user = users.get(key);
    if (!user) lost.push(`${key} of ${source} is not in Iterable`);
    else {
      for (const [path, value] of fields) {
        const held = at(user, path);
        if (held !== value)
          stale.push(`${key} of ${source}: ${path} should be ${JSON.stringify(value)}, is ${JSON.stringify(held)}`);
      }
    }
  }
  const books = await readBooks(judged);
  return {
    lost,
    stale,
    doubled: [...judged.doubled, ...books.doubled],
    unaccounted: [...judged.crashes, ...books.unaccounted, ...openCommands(people)],
  };
}

function at(user: object, path: string): unknown {
  let value: unknown = user;
  for (const name of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return value;
}

async function readBooks({
  people,
  configuration,
  store,
}: Judged): Promise<{ readonly doubled: readonly string[]; readonly unaccounted: readonly string[] }> {
  const doubled: string[] = [];
  const unaccounted: string[] = [];
  const everThere = new Map(
    configuration.syncs.map(({ name, salesforceObject }) => [
      name,
      people.read(`SELECT Id FROM ${salesforceObject}`, true).length,
    ]),
  );
  const winners = new Set(
    [...expectedUsers(people, configuration).values()].map(({ sync, source }) => `${sync}/${source}`),
  );
  for (const sync of configuration.syncs) {
    const rows = new Map((await store.records({ sync: sync.name, limit: everything })).map((row) => [row.source, row]));
    for (const cells of included(people, sync)) {
      const id = String(cells['Id']);
      const row = rows.get(id);
      if (!row) unaccounted.push(`${sync.name}/${id} has no outcome`);
      else if (winners.has(`${sync.name}/${id}`) && row.hash === undefined)
        unaccounted.push(`${sync.name}/${id} should be delivered, is ${row.outcome} (${row.reason ?? 'no reason'})`);
    }
    for (const { source, outcome, reason } of rows.values())
      if (outcome === 'held' || outcome === 'failed')
        unaccounted.push(`${sync.name}/${source} is ${outcome}: ${reason ?? 'no reason'}`);
  }
  const told = new Map(
    people
      .read(
        'SELECT Run_Id__c, Read__c, Created__c, Updated__c, Unchanged__c, Skipped__c, Held__c, Failed__c FROM Plumbline_Run__c',
      )
      .map((row) => [row['Run_Id__c'], row]),
  );
  for (const run of await store.runs({ limit: everything })) {
    const name = `${run.kind} run ${run.id} of ${run.sync}`;
    const { counts, reasons } = run;
    const figures = JSON.stringify({ ...counts, ...reasons });
    if (!balances(counts)) unaccounted.push(`${name} does not balance: ${figures}`);
    if ([...Object.values(counts), ...Object.values(reasons)].some((count) => count < 0))
      unaccounted.push(`${name} counts less than nothing: ${figures}`);
    const explained = Object.values(reasons).reduce((sum, count) => sum + count, 0);
    if (explained !== counts.skipped + counts.held + counts.failed)
      unaccounted.push(`${name} has ${explained} reasons: ${figures}`);
    if (counts.held + counts.failed > 0) unaccounted.push(`${name} still holds records: ${figures}`);
    if (run.kind !== 'live' && run.state === 'running') unaccounted.push(`${name} is still running: ${figures}`);
    const most = everThere.get(run.sync) ?? 0;
    if (run.kind !== 'live' && counts.read > most)
      doubled.push(`${name} counts ${counts.read} records of ${most} that ever were: ${figures}`);
    const seen = told.get(run.id);
    // An hour in which nothing came of anything is not told.
    if (seen === undefined && run.kind === 'live' && counts.read === 0) continue;
    for (const [count, field] of Object.entries(runFields)) {
      const here = counts[count as keyof typeof counts];
      if (seen?.[field] !== here)
        unaccounted.push(`${name}: the org was told ${String(seen?.[field])} ${count}, it is ${here}`);
    }
  }
  return { doubled, unaccounted };
}

const runFields = {
  read: 'Read__c',
  created: 'Created__c',
  updated: 'Updated__c',
  unchanged: 'Unchanged__c',
  skipped: 'Skipped__c',
  held: 'Held__c',
  failed: 'Failed__c',
} as const;

function openCommands(people: People): readonly string[] {
  const open = people.read("SELECT Kind__c, Status__c FROM Plumbline_Command__c WHERE Status__c IN ('New', 'Claimed')");
  const issues = people.read("SELECT Record_Id__c, Status__c FROM Plumbline_Issue__c WHERE Status__c = 'Open'");
  return [
    ...open.map((row) => `a command to ${String(row['Kind__c'])} is ${String(row['Status__c'])} for ever`),
    ...issues.map((row) => `the issue of ${String(row['Record_Id__c'])} is still open`),
  ];
}
