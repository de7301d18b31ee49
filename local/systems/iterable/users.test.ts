import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Users } from './users.ts';

test('users that are written again and again keep their latest fields, and what they had before takes no memory', () => {
  const users = new Users('email');
  const written = ['a', 'b', 'c'].map((name) => users.create(`${name}@example.com`, undefined, { round: 0 }, 0));
  const removed = users.create('d@example.com', undefined, { round: -1 }, 0);
  users.remove(removed);
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 1; round <= 20_000; round++) {
    const user = written[round % 3];
    if (user !== undefined) users.setFields(user, { round, text: 'x'.repeat(1_000) });
  }
  assert.deepEqual(
    [...users.all()].map(({ email, dataFields }) => [email, dataFields['round']]),
    [
      ['a@example.com', 19_998],
      ['b@example.com', 19_999],
      ['c@example.com', 20_000],
    ],
  );
  assert.deepEqual(removed.dataFields, { round: -1 });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // V8 frees buffers beside its collection: a second one waits until what the first has found is free.
  collect();
  collect();
  assert.ok(process.memoryUsage().arrayBuffers - before < 5_000_000);
});
