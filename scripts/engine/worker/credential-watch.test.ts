import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CredentialsError, RetryError } from '../errors.ts';
import { World } from '../testing/index.ts';
import { workerTiming } from './options.ts';
import { work } from './testing/index.ts';

const place = 'people/the connection mail';
const notAccepted = (): void => {
  throw new CredentialsError('Mail does not accept the key of the connection "mail".', []);
};

test('P-20: a revoked key is told as an issue of each sync while nothing is sent, and closes when it is accepted again', async () => {
  const world = new World();
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A' });
  const { control, end, logged } = work(world);
  await world.clock.pass(20_000);
  const sent = world.target.requests.length;
  world.target.checkCredentials = notAccepted;
  await world.clock.pass(2 * workerTiming.credentials);
  for (const sync of ['people', 'prospects']) {
    const issue = control.issues.get(`${sync}/the connection mail`);
    assert.deepEqual([issue?.outcome, issue?.reason], ['held', 'waiting-for-credentials']);
    assert.match(issue?.detail ?? '', /does not accept the key/);
  }
  assert.equal(world.target.requests.length, sent, 'nothing was written');
  assert.equal(logged.filter((line) => /does not accept the key/.test(line)).length, 1, 'it is told once');

  world.target.checkCredentials = () => undefined;
  await world.clock.pass(2 * workerTiming.credentials);
  assert.equal(control.issues.get(place)?.outcome, 'settled');
  await end();
  assert.deepEqual(world.died, []);
});

test('P-20: a worker that starts anew closes what an earlier one told', async () => {
  const world = new World();
  world.target.checkCredentials = notAccepted;
  const first = work(world);
  await world.clock.pass(2 * workerTiming.credentials);
  assert.equal(first.control.issues.get(place)?.outcome, 'held');
  await first.end();
  world.target.checkCredentials = () => undefined;
  const second = work(world, first.control);
  await world.clock.pass(2 * workerTiming.credentials);
  assert.equal(second.control.issues.get(place)?.outcome, 'settled');
  await second.end();
});

test('a fault that passes does not say whether a key is accepted: what was told stays', async () => {
  const world = new World();
  world.target.checkCredentials = () => {
    throw new RetryError('Mail is not there.', []);
  };
  const { control, end } = work(world);
  await world.clock.pass(2 * workerTiming.credentials);
  assert.equal(control.issues.get(place), undefined);
  world.target.checkCredentials = notAccepted;
  await world.clock.pass(2 * workerTiming.credentials);
  world.target.checkCredentials = () => {
    throw new RetryError('Mail is not there.', []);
  };
  await world.clock.pass(2 * workerTiming.credentials);
  assert.equal(control.issues.get(place)?.outcome, 'held');
  await end();
  assert.deepEqual(world.died, []);
});
