import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeSchema } from './generate-schema.ts';

test('schema.json is what the published typing of the Metadata API gives', () => {
  assert.deepEqual(
    JSON.parse(makeSchema()),
    JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8')),
  );
});
