import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CouldNotCheck } from './check.ts';
import type { Check } from './check.ts';
import { checks } from './checks/index.ts';
import { createCaller } from './http.ts';
import { runChecks } from './run.ts';
import { startLocalOrg } from './target/index.ts';
import type { Target } from './target/index.ts';

let target: Target;
before(async () => {
  target = await startLocalOrg('66.0');
});
after(() => target.close());

async function count(object: string): Promise<number> {
  const answer = await createCaller(target.session).call('GET', `/query?q=SELECT+COUNT()+FROM+${object}`);
  return answer.json<{ totalSize: number }>().totalSize;
}

test('N-08: the local org behaves as Salesforce documents it, check by check', async (context) => {
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length, 'an ID belongs to one check');
  const results = await runChecks(target.session, checks);
  for (const { id, title, outcome, why } of results) {
    await context.test(`N-08: ${id} ${title}`, () => assert.equal(outcome, 'passed', why));
  }
  assert.deepEqual([await count('Account'), await count('Contact'), await count('Lead')], [0, 0, 0]);
});

test('N-08: a check that fails halfway leaves nothing behind, and says why it failed', async () => {
  const fixture = { title: 'a check', source: 'https://example.com' };
  const planted: readonly Check[] = [
    {
      ...fixture,
      id: 'FAILS-01',
      async run({ create, name }) {
        await create('Contact', { LastName: name('child'), AccountId: await create('Account', { Name: name('a') }) });
        throw new Error('the planted failure');
      },
    },
    {
      ...fixture,
      id: 'LACKS-01',
      async run() {
        throw new CouldNotCheck('the org lacks it');
      },
    },
  ];
  const results = await runChecks(target.session, planted);
  assert.deepEqual(
    results.map(({ outcome, why }) => [outcome, why]),
    [
      ['failed', 'the planted failure'],
      ['could-not-check', 'the org lacks it'],
    ],
  );
  assert.deepEqual([await count('Account'), await count('Contact')], [0, 0]);
});
