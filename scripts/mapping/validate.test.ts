import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldMapping } from './types.ts';
import { validateMapping, type DescribedField } from './validate.ts';

const field = (type: string, change: Partial<DescribedField> = {}): DescribedField => ({
  type,
  readable: true,
  writable: true,
  ...change,
});
const source = {
  object: 'Person',
  fields: new Map([
    ['Mail', field('email')],
    ['Born', field('date')],
    ['Hidden', field('string', { readable: false })],
    ['Size', field('double')],
  ]),
};
const target = {
  object: 'user',
  fields: new Map([
    ['size', field('long')],
    ['mail', field('string')],
    ['fixed', field('string', { writable: false })],
  ]),
};
const map = (from: string, to: string, transform?: string): FieldMapping =>
  transform === undefined
    ? { source: from, target: to, blank: 'keep' }
    : { source: from, target: to, transform, blank: 'keep' };

test('I-28: a right mapping has no problems, and new target fields are none', () => {
  assert.deepEqual(
    validateMapping([map('Mail', 'mail', 'lowercase'), map('Born', 'born'), map('Size', 'size')], source, target),
    [],
  );
});

test('K-08: a field that cannot be read blocks, naming the field and the mend', () => {
  const [problem] = validateMapping([map('Hidden', 'x')], source, target);
  assert.deepEqual(problem, {
    place: 'Hidden → x',
    problem: '"Hidden" cannot be read',
    mend: 'Give the integration user read access to Person.Hidden',
  });
});

test('types, transforms, rights and unknown fields are checked', () => {
  const problems = validateMapping(
    [
      map('Mail', 'size'),
      map('Born', 'mail', 'lowercase'),
      map('Size', 'fixed', 'text'),
      map('Nope', 'y'),
      map('Mail', 'q', 'shout'),
    ],
    source,
    target,
  ).map((each) => `${each.problem}. ${each.mend}`);
  assert.deepEqual(problems, [
    '"size" is a long and would get a text. Use the transform number',
    '"lowercase" takes text, but "Born" is a date. Choose another transform, or none',
    '"fixed" cannot be written. Choose a field that can',
    'Person has no field "Nope" that is visible here. Check its API name, and that the integration user may read it',
    'There is no transform "shout". Use one of trim, lowercase, uppercase, date, datetime, number, whole, twoDecimals, boolean, text, splitMultiPicklist',
  ]);
});

test('a mapping of nothing is a problem', () => {
  assert.equal(validateMapping([], source, target).length, 1);
});
