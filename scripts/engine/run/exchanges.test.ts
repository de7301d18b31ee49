import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exchanges } from './exchanges.ts';

const exchange = (at: number) => ({ at, request: `{"n":${at}}`, reply: 'delivered' });

test('the last exchange of a record is kept, and of so many records the latest', () => {
  const exchanges = new Exchanges(2);
  for (const [at, source] of ['a', 'b', 'a', 'c'].entries()) exchanges.keep('people', source, exchange(at));
  assert.deepEqual(exchanges.of('people', 'a'), exchange(2));
  assert.deepEqual(exchanges.of('people', 'c'), exchange(3));
  assert.equal(exchanges.of('people', 'b'), undefined);
  assert.equal(exchanges.of('others', 'a'), undefined);
});

test('of what a full read delivers the first ones are kept, and never an older one of another', () => {
  const exchanges = new Exchanges(5, 1);
  exchanges.keep('people', 'b', exchange(1));
  const deliver = (run: string, source: string, at: number): void => {
    if (exchanges.takesDelivered(run, 'people', source)) exchanges.keep('people', source, exchange(at));
  };
  deliver('run', 'a', 2);
  deliver('run', 'b', 3);
  deliver('next run', 'c', 4);
  assert.deepEqual(exchanges.of('people', 'a'), exchange(2));
  assert.equal(exchanges.of('people', 'b'), undefined);
  assert.deepEqual(exchanges.of('people', 'c'), exchange(4));
});
