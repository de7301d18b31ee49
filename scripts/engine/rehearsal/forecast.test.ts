import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSync } from '../run/index.ts';
import { syncConfiguration, World } from '../testing/index.ts';
import { forecastOf } from './forecast.ts';

const sent = { requests: 3, records: 400, keyBytes: 400 * 18 };

test('N-10: a forecast names what the calls of the org are for, in either direction', async () => {
  const world = new World();
  // In pages of 7.
  const pull = compileSync(syncConfiguration('people'), { source: world.source }, { target: world.target });
  const target = Object.assign(new World().target, { forecast: () => ({ calls: 90, lookUpCalls: 30 }) });
  const push = compileSync(
    syncConfiguration('people', { name: 'push', direction: 'systemToSalesforce' }),
    { target },
    { source: world.source },
  );
  const outward = await forecastOf(pull, 70, sent, 0, [pull]);
  assert.deepEqual(outward.org, { read: 11, lookUp: 0, write: 0, tell: 0, echo: 0, report: 3 + 3 });
  assert.equal(outward.targetCalls, 80);
  const inward = await forecastOf(push, 70, sent, 10, [pull]);
  // The other sync polls what is written, and has to read it, since the latest stamp wins a key there.
  const echo = Math.ceil(400 / 7) + Math.ceil(400 / 7);
  assert.deepEqual(inward.org, { read: 0, lookUp: 40, write: 60, tell: 2, echo, report: 3 + 4 });
  const byValues = { ...pull, election: 'first' } as const;
  assert.equal((await forecastOf(push, 70, sent, 10, [byValues])).org.echo, Math.ceil(400 / 7));
  assert.equal((await forecastOf(push, 70, sent, 10, [])).org.echo, 0);
});
