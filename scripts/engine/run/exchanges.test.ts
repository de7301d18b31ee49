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
