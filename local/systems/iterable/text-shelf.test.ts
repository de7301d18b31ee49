import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextShelf, type ShelvedText } from './text-shelf.ts';

const texts = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => JSON.stringify(text));

test('what was put on a shelf reads the same, whatever was put there before and after, until it is cleared', () => {
  fc.assert(
    fc.property(fc.array(fc.array(texts)), (rounds) => {
      const shelf = new TextShelf();
      for (const round of rounds) {
        const kept = round.map((text) => ({ text, shelved: shelf.put(text) }));
        for (const { text, shelved } of kept) assert.equal(shelved.read(), text);
        shelf.clear();
      }
    }),
  );
});

test('texts longer than what is got at once, and many of them, read the same', () => {
  const shelf = new TextShelf();
  const all = [1, 400_000, 3_000_000, 7, 349_525, 349_526].map((length) => 'é'.repeat(length));
  for (let round = 0; round < 2; round++) {
    const kept = all.map((text) => shelf.put(text));
    kept.forEach((shelved, index) => assert.ok(shelved.read() === all[index], `text ${index}, round ${round}`));
    shelf.clear();
  }
});

test('after it was cleared a shelf takes no new memory', () => {
  const shelf = new TextShelf();
  const fill = (): void => {
    for (let count = 0; count < 8_000; count++) shelf.put('x'.repeat(1_000));
    shelf.clear();
  };
  fill();
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 4; round++) fill();
  assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
});

test('a shelf is wasteful when more than half of much was taken', () => {
  const shelf = new TextShelf();
  const put: ShelvedText[] = [];
  for (let count = 0; count < 4_000; count++) put.push(shelf.put('x'.repeat(1_000)));
  for (const text of put.slice(0, 2_000)) shelf.take(text);
  assert.equal(shelf.isWasteful, false);
  shelf.take(put[2_000] as ShelvedText);
  assert.equal(shelf.isWasteful, true);
  const small = new TextShelf();
  small.take(small.put('x'));
  assert.equal(small.isWasteful, false);
});
