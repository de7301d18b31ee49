import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bulkBody } from './body.ts';
import { iterableSettings } from './settings.ts';

const settings = iterableSettings.parse({});
const text = fc.string({ unit: 'binary' });
/** A key that JSON writes as it writes another one without quoting it: a backslash and an n, and a line's end. */
const alikeInJson: [string, string, string] = ['a\\n@b.c', 'a\n@b.c', ''];

/** A user as a body has it that is made of one record. */
function sent(key: string, record: object): unknown {
  const body = bulkBody([{ key, json: JSON.stringify(record), action: 'upsert' }], settings);
  const { users } = JSON.parse(new TextDecoder().decode(body)) as { readonly users: readonly unknown[] };
  assert.equal(users.length, 1);
  return users[0];
}

test('a user goes out under its key, however its record spells it, and with all else that the record says', () => {
  fc.assert(
    fc.property(text, text, text, (key, spelled, name) => {
      const dataFields = { name };
      const user = { email: key, dataFields, mergeNestedObjects: true };
      for (const record of [
        { email: key, dataFields },
        { email: spelled, dataFields },
        { dataFields, email: spelled },
      ]) {
        assert.deepEqual(sent(key, record), user);
      }
      assert.deepEqual(sent(key, { dataFields }), user);
    }),
    { examples: [alikeInJson] },
  );
});
