import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assess } from './requirement-status.ts';
import type { TestResult } from './results.ts';

const lists = [
  '| ID | Kind |\n| --- | --- |\n| Z-01 | B |\n| Z-02 | B |\n| Z-03 | B |\n| Z-04 | B |\n| Z-05 | B |\n| Z-X1 | X |',
];
const answers = '# title\n\n- Z-03 is superseded by Z-X1: because\n- Z-04 is documented in README.md#the-page: because';

function result(title: string, status: TestResult['status'] = 'passed'): TestResult {
  return { titles: ['suite', title], file: 'a.test.ts', status, milliseconds: 1 };
}

function statuses(tests: readonly TestResult[], page = '## The page'): Record<string, string> {
  const assessment = assess({ lists, answers, readPage: () => page, tests });
  return Object.fromEntries(Object.entries(assessment).map(([id, row]) => [id, row.status]));
}

test('N-18: an ID is proven by the tests whose titles begin with it, and only while all of them pass', () => {
  assert.deepEqual(
    statuses([result('Z-01, Z-02: both'), result('Z-02: fails', 'failed'), result('Z-05: skipped', 'skipped')]),
    {
      'Z-01': 'proven',
      'Z-02': 'unproven',
      'Z-03': 'unproven',
      'Z-04': 'documented',
      'Z-05': 'unproven',
      'Z-X1': 'unproven',
    },
  );
});

test('N-18: a superseded row needs its decision proven, a documented one its heading', () => {
  const proven = statuses([result('Z-X1: decided')], '## Another page');
  assert.equal(proven['Z-03'], 'superseded');
  assert.equal(proven['Z-04'], 'unproven');
});

test('N-18: a line of the answers that cannot be read is refused', () => {
  assert.throws(() => assess({ lists, answers: '- Z-03 was nice', readPage: () => '', tests: [] }), /Z-03 was nice/);
});
