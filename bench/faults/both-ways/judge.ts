import type { LocalPendo } from '../../../local/systems/index.ts';
import { balances, type Store } from '../../../scripts/engine/index.ts';
import type { People } from '../people.ts';
import { before, pulled, pushed } from './configuration.ts';

const everything = 1_000_000;

export interface Judged {
  readonly people: People;
  readonly pendo: LocalPendo;
  readonly key: string;
  readonly store: Store;
  /** IDs of the accounts that people made, and of those that Pendo knew from the start. */
  readonly all: readonly string[];
  readonly known: ReadonlySet<string>;
  /** IDs of the accounts that flows of the org were told of. */
  readonly announced: ReadonlySet<string>;
}

/** What is wrong on either side once everything has settled, one line each; told from both sides alone. */
export async function judge({ people, pendo, key, store, all, known, announced }: Judged): Promise<readonly string[]> {
  const wrong: string[] = [];
  const names = ['Id', ...Object.keys(pulled), ...Object.values(pushed)];
  const accounts = new Map(
    people.read(`SELECT ${names.join(', ')} FROM Account`).map((row) => [String(row['Id']), row]),
  );
  if (accounts.size !== all.length) wrong.push(`the org has ${accounts.size} accounts, ${all.length} were made`);
  const held = new Map([...pendo.control.accounts()].map(({ id, metadata }) => [id, metadata]));
  if (held.size !== known.size) wrong.push(`Pendo has ${held.size} accounts, ${known.size} were made`);
  for (const [id, metadata] of held) {
    if (metadata['agent']?.['tag'] === undefined) wrong.push(`${id} has lost what is not synced in Pendo`);
    for (const [field, name] of Object.entries(pulled)) {
      const value = accounts.get(id)?.[field] ?? null;
      if (value !== null && metadata['salesforce']?.[name] !== value)
        wrong.push(
          `${id} in Pendo: ${name} should be ${JSON.stringify(value)}, is ${JSON.stringify(metadata['salesforce']?.[name])}`,
        );
    }
  }
  const told = await measured(pendo, key);
  for (const [id, account] of accounts) {
    const row = told.get(id);
    // P-67: at least once, whatever was killed or cut.
    const isChanged = Object.values(pushed).some((field) => account[field] !== before);
    if (isChanged && !announced.has(id)) wrong.push(`flows were not told that ${id} in the org has new values`);
    for (const [column, field] of Object.entries(pushed)) {
      const value = row === undefined ? before : row[column];
      if (account[field] !== value)
        wrong.push(
          `${id} in the org: ${field} should be ${JSON.stringify(value)}, is ${JSON.stringify(account[field])}`,
        );
    }
  }
  return [...wrong, ...(await books(store))];
}

/** Rows of the report that say something, asked of Pendo while it tells no others. */
async function measured(pendo: LocalPendo, key: string): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const { extraRows } = pendo.control.habits();
  pendo.control.setHabits({ extraRows: 'none' });
  const headers = { 'x-pendo-integration-key': key };
  const answer = await pendo.fetch(new Request('https://app.pendo.io/api/v1/report/usage/results.json', { headers }));
  const rows = (await answer.json()) as readonly Record<string, unknown>[];
  pendo.control.setHabits({ extraRows });
  return new Map(rows.map((row) => [String(row['accountId']), row]));
}

async function books(store: Store): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { kind, id, sync, counts, reasons, state } of await store.runs({ limit: everything })) {
    const name = `${kind} run ${id} of ${sync}: ${JSON.stringify({ ...counts, ...reasons })}`;
    if (!balances(counts)) wrong.push(`does not balance: ${name}`);
    const explained = Object.values(reasons).reduce((sum, count) => sum + count, 0);
    if (explained !== counts.skipped + counts.held + counts.failed) wrong.push(`has ${explained} reasons: ${name}`);
    if (kind !== 'live' && state === 'running') wrong.push(`still runs: ${name}`);
  }
  for (const sync of ['accounts', 'usage'])
    for (const { source, outcome, reason } of await store.records({ sync, limit: everything }))
      if (outcome === 'held' || outcome === 'failed')
        wrong.push(`${sync}/${source} is ${outcome}: ${reason ?? 'no reason'}`);
  return wrong;
}
