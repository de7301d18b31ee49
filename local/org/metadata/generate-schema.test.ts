import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeSchema } from './generate-schema.ts';

test('schema.ndjson is what the published typing of the Metadata API gives', () => {
  assert.equal(makeSchema(), readFileSync(new URL('./schema.ndjson', import.meta.url), 'utf8'));
});
