import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSchedule, type Schedule } from './index.ts';

type Act = Schedule['steps'][number]['act'];

interface User {
  readonly email: string;
  readonly dataFields: { readonly Salesforce: { readonly Id: string } };
}

interface Row {
  readonly sync: string;
  readonly source: string;
  readonly key?: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly detail?: string;
}

const minute = 60_000;
const hour = 60 * minute;

/** Two leads and two contacts, read in full; then people do this, a minute apart, and everything settles. */
function after(...acts: readonly Act[]) {
  return settled(
    acts.map((act, index) => ({ at: (index + 1) * minute, act })),
    false,
  );
}

/** The same at other times, and with a stream of changes if there is to be one. */
async function settled(steps: Schedule['steps'], hasStream: boolean) {
  const lead = (name: string) => ({
    object: 'Lead',
    fields: { LastName: name, Company: 'C', Email: `${name}@x.example` },
  });
  const contact = (name: string) => ({ object: 'Contact', fields: { LastName: name, Email: `${name}@x.example` } });
  const ran = await runSchedule(
    {
      seed: 7,
      startsAt: Date.UTC(2026, 0, 5, 9, 20),
      population: [lead('ada'), lead('bob'), contact('cleo'), contact('dan')] as Schedule['population'],
      pageRecords: 1_000,
      sameMachine: true,
      hasStream,
      steps,
    },
    { keepLines: true },
  );
  // Stale would be a user without a record's present values.
  const { lost, doubled, stale, unaccounted, lines } = ran;
  assert.deepEqual({ lost, doubled, stale, unaccounted }, { lost: [], doubled: [], stale: [], unaccounted: [] });
  const held = <T>(who: string): T[] =>
    lines.flatMap((line) => (line.includes(`${who}: {`) ? [JSON.parse(line.slice(line.indexOf('{'))) as T] : []));
  const rows = held<Row>('the store holds').filter(({ source }) => source !== undefined);
  const users: Record<string, string> = {};
  for (const { email, dataFields } of held<User>('Iterable holds'))
    users[email.replace('@x.example', '')] = dataFields.Salesforce.Id;
  return {
    /** The record whose values a user of the system has, by name. */
    users,
    rowOf: (id: string | undefined): Row | undefined => rows.find(({ source }) => source === id),
    rows,
  };
}

test('K-25: a deleted record keeps no link and is not made anew, and one that is undeleted is delivered again', async () => {
  const gone = await after({ do: 'delete', object: 'Lead', who: 0 });
  const ada = gone.users['ada'];
  assert.deepEqual(pick(gone.rowOf(ada)), { outcome: 'skipped', reason: 'deleted-in-source', key: undefined });
  assert.equal(Object.keys(gone.users).length, 4, 'the user stays, as the sync says');

  const back = await after({ do: 'delete', object: 'Lead', who: 0 }, { do: 'undelete', object: 'Lead', who: 0 });
  assert.equal(back.rowOf(ada)?.key, 'ada@x.example');
  assert.equal(Object.keys(back.users).length, 4);
});

test('K-26: a merged record names its master and gives up its key, and the master is delivered', async () => {
  const { users, rowOf } = await after({ do: 'merge', object: 'Contact', who: 1, into: 0 });
  const [cleo, dan] = [users['cleo'], users['dan']];
  assert.deepEqual(pick(rowOf(dan)), { outcome: 'skipped', reason: 'merged', key: undefined });
  assert.equal(rowOf(dan)?.detail, cleo);
  assert.equal(rowOf(cleo)?.key, 'cleo@x.example');
});

test('K-24: a converted lead names its contact, which takes over its user', async () => {
  const { users, rows } = await after({ do: 'convert', who: 0 });
  const lead = rows.find(({ sync, reason }) => sync === 'leads' && reason === 'converted');
  assert.equal(users['ada'], lead?.detail);
  assert.equal(rows.find(({ source }) => source === lead?.detail)?.key, 'ada@x.example');
});

test('K-47: after an outage of 73 hours, longer than events are kept, both sides agree again', async () => {
  const eve = { LastName: 'eve', Company: 'C', Email: 'eve@x.example' };
  const { users, rowOf } = await settled(
    [
      { at: minute, act: { do: 'kill', at: undefined, downMilliseconds: 73 * hour } },
      { at: hour, act: { do: 'delete', object: 'Lead', who: 0 } },
      { at: 2 * hour, act: { do: 'create', object: 'Lead', fields: eve } },
      { at: 73 * hour, act: { do: 'save', object: 'Contact', who: 0, many: 1, fields: { FirstName: 'Cléo' } } },
    ],
    true,
  );
  assert.equal(rowOf(users['ada'])?.reason, 'deleted-in-source');
  assert.equal(rowOf(users['eve'])?.key, 'eve@x.example');
});

function pick(row: Row | undefined): Pick<Row, 'outcome'> & { reason: string | undefined; key: string | undefined } {
  assert.ok(row, 'the record has a row');
  return { outcome: row.outcome, reason: row.reason, key: row.key };
}
