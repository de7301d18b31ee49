import assert from 'node:assert/strict';
import test from 'node:test';
import { fieldBitmaps, toBitmap } from './bitmap.ts';

test('bit i from the least significant end is the field at index i', () => {
  assert.equal(toBitmap([0]), '0x01');
  assert.equal(toBitmap([0, 22]), '0x400001');
  assert.equal(toBitmap([1]), '0x02');
  assert.equal(toBitmap([100]), `0x10${'0'.repeat(24)}`);
});

test('own fields come first, then one bitmap for each compound field', () => {
  const places = new Map([
    ['Company', { at: 3 }],
    ['LastName', { at: 1, part: 2 }],
    ['City', { at: 9, part: 1 }],
    ['FirstName', { at: 1, part: 1 }],
  ]);
  assert.deepEqual(fieldBitmaps(['City', 'LastName', 'Company', 'FirstName', 'Formula'], places), [
    '0x08',
    '1-0x06',
    '9-0x02',
  ]);
  assert.deepEqual(fieldBitmaps([], places), []);
});
