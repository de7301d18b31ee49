import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileMapping as compileText } from './compile.ts';
import { MappingError, ValueNotMappableError } from './problem.ts';
import type { Cell, FieldMapping, MappedValue } from './types.ts';

interface MappedRecord {
  [name: string]: MappedValue | MappedRecord;
}

function compileMapping(...parameters: Parameters<typeof compileText>): (cells: readonly Cell[]) => MappedRecord {
  const text = compileText(...parameters);
  return (cells) => JSON.parse(text(cells)) as MappedRecord;
}

const keep = (source: string, target: string, transform?: string): FieldMapping =>
  transform === undefined ? { source, target, blank: 'keep' } : { source, target, transform, blank: 'keep' };

test('I-15: nested in, nested out', () => {
  const mappings = [
    keep('Email', 'email', 'lowercase'),
    keep('FirstName', 'dataFields.Name.First'),
    keep('Account.Name', 'dataFields.Company.Name'),
    keep('LastName', 'dataFields.Name.Last'),
    keep('Owner.IsActive', 'dataFields.Owner.Active'),
  ];
  const map = compileMapping(mappings, ['Email', 'FirstName', 'LastName', 'Account.Name', 'Owner.IsActive']);
  assert.deepEqual(map(['A@X.com', 'Ada', 'Ğ "x"', 'Acme', true]), {
    email: 'a@x.com',
    dataFields: { Name: { First: 'Ada', Last: 'Ğ "x"' }, Company: { Name: 'Acme' }, Owner: { Active: true } },
  });
});

test('K-31: a blank never wipes a value unless asked, and an empty group is not sent', () => {
  const mappings: FieldMapping[] = [
    keep('a', 'x.a'),
    { source: 'b', target: 'y.b', blank: 'clear' },
    keep('c', 'z', 'trim'),
  ];
  const map = compileMapping(mappings, ['a', 'b', 'c']);
  assert.deepEqual(map([null, null, '  ']), { y: { b: null } });
  assert.deepEqual(map(['', '', null]), { y: { b: null } });
  assert.deepEqual(map([0, false, 'v']), { x: { a: 0 }, y: { b: false }, z: 'v' });
});

test('equal records are equal JSON: names come in the order of the mappings, whatever is blank', () => {
  const text = compileText([keep('a', 'g.a'), keep('b', 'h'), keep('c', 'g.c')], ['a', 'b', 'c']);
  assert.equal(text(['1', '2', '3']), '{"g":{"a":"1","c":"3"},"h":"2"}');
  assert.equal(text([null, '2', '3']), '{"g":{"c":"3"},"h":"2"}');
  assert.equal(text([null, null, '']), '{}');
});

test('a value that cannot be mapped names its path and never the value', () => {
  const map = compileMapping([keep('Size', 'size', 'number')], ['Size']);
  assert.throws(
    () => map(['secret words']),
    (error) => {
      assert(error instanceof ValueNotMappableError);
      assert.equal(error.message, 'Size is not a number');
      return true;
    },
  );
});

test('a mapping that cannot be compiled says where and how to mend it', () => {
  const broken = [
    keep('a', 'x'),
    keep('a', 'x.y'),
    keep('a', '__proto__.polluted'),
    keep('b', 'q..r'),
    keep('a', 'z', 'shout'),
  ];
  assert.throws(
    () => compileMapping(broken, ['a']),
    (error) => {
      assert(error instanceof MappingError);
      const text = error.message;
      for (const part of [
        '"x" is mapped as one value',
        'reserved name "__proto__"',
        'empty segment',
        'no transform "shout"',
        '"b" is not read',
      ]) {
        assert(text.includes(part), `${part} in ${text}`);
      }
      return true;
    },
  );
});

const name = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,4}$/)
  .filter((each) => !['constructor', 'prototype'].includes(each));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.'));
const cell = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.boolean(),
);

test('I-15: whatever is mapped is found again at its path, and nothing else is there', () => {
  fc.assert(
    fc.property(fc.dictionary(path, cell, { minKeys: 1, maxKeys: 12, noNullPrototype: true }), (wanted) => {
      const targets = Object.keys(wanted).filter(
        (target) => !Object.keys(wanted).some((other) => other.startsWith(`${target}.`)),
      );
      const mappings = targets.map((target, index) => keep(`f${index}`, target));
      const cells: Cell[] = targets.map((target) => wanted[target] as Cell);
      const record = compileMapping(
        mappings,
        mappings.map((each) => each.source),
      )(cells);
      assert.deepEqual(new Map(flatten(record, '')), new Map(targets.map((target, index) => [target, cells[index]])));
    }),
  );
});

function flatten(record: MappedRecord, prefix: string): [string, unknown][] {
  return Object.entries(record).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value as MappedRecord, `${prefix}${key}.`)
      : [[`${prefix}${key}`, value]],
  );
}
