import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonCodes } from './codes.ts';
import { reasonTexts, sentenceOf } from './sentences.ts';

test('N-04: every reason is a plain sentence with a next step, and no code is on it', () => {
  for (const code of reasonCodes) {
    const { sentence, nextStep } = reasonTexts[code];
    for (const text of [sentence, nextStep]) {
      assert.match(text, /^[A-Z].*\.$/, code);
      assert(!code.includes('-') || !text.includes(code), `${code} shows its code`);
    }
  }
  assert.deepEqual(Object.keys(reasonTexts), [...reasonCodes]);
});

test('N-04: a sentence names what the row names, and is whole without it', () => {
  assert.equal(sentenceOf('merged', '00Q$&'), 'The record was merged into 00Q$&, which syncs in its place.');
  assert.equal(sentenceOf('merged'), 'The record was merged into another record, which syncs in its place.');
  assert.equal(sentenceOf('another-record-owns-key'), 'Another record with the same key comes first.');
  for (const code of reasonCodes) assert.doesNotMatch(sentenceOf(code), /\{|not known\.|…/, code);
});
