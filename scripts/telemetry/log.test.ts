import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SettingsError } from '../engine/index.ts';
import { Redactor } from '../http/index.ts';
import { createLog, type Log, type LogOptions } from './index.ts';

function logTo(lines: string[], given: Partial<LogOptions> = {}): Log {
  const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) };
  const destination = { write: (line: string) => void lines.push(line) };
  return createLog({ redactor: new Redactor(), clock, level: 'info', format: 'json', destination, ...given });
}

test('a line is one JSON object with time, level, message and fields', () => {
  const lines: string[] = [];
  const log = logTo(lines).with({ sync: 'leads' });
  log.warn('fewer than\nexpected', { read: 3 });
  log.debug('not asked for');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^[^\n]*\n$/);
  const expected = {
    level: 'warn',
    time: '2026-01-02T03:04:05.006Z',
    sync: 'leads',
    read: 3,
    message: 'fewer than\nexpected',
  };
  assert.deepEqual(JSON.parse(lines[0] ?? ''), expected);
});

test('no secret and no email comes out, by any field, nesting, error or level', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/);
  fc.assert(
    fc.property(secret, fc.constantFrom('json' as const, 'pretty' as const), (hidden, format) => {
      const lines: string[] = [];
      const redactor = new Redactor();
      const log = logTo(lines, { redactor, format, level: 'debug' });
      const error = new SettingsError(`refused Bearer ${hidden}`, [], { cause: new Error(`api_key=${hidden}`) });
      log.with({ authorization: hidden }).error(`x Bearer ${hidden}`, { error, deep: [{ token: hidden }] });
      log.debug('reply', {
        headers: new Headers({ 'api-key': hidden }),
        url: `https://a.example/?access_token=${hidden}`,
      });
      log.info(`for ${hidden}@example.com`, { [`${hidden}@example.com`]: 1 });
      redactor.add(hidden);
      log.info(`named ${hidden}`);
      assert.ok(lines.length >= 4);
      for (const line of lines) assert.ok(!line.includes(hidden), line);
    }),
  );
});

test('an error is told with its kind, message, cause and what to do', () => {
  const lines: string[] = [];
  const error = new SettingsError('The key is wrong.', ['Enter it again.'], { cause: new Error('401') });
  logTo(lines).error('stopped', { error });
  const told = JSON.parse(lines[0] ?? '') as { error: Record<string, unknown> & { cause: { message: string } } };
  assert.equal(told.error['name'], 'SettingsError');
  assert.equal(told.error['message'], 'The key is wrong.');
  assert.deepEqual(told.error['actions'], ['Enter it again.']);
  assert.equal(told.error.cause.message, '401');
});

test('a person at a terminal reads one short line, and the stack of an error below it', () => {
  const lines: string[] = [];
  const log = logTo(lines, { format: 'pretty' });
  log.info('begun', { sync: 'leads', records: 40_000, where: 'the local org' });
  assert.deepEqual(lines, ['03:04:05   begun  sync=leads  records=40000  where="the local org"\n']);
  log.error('stopped', { error: new Error('boom') });
  assert.match(lines[1] ?? '', /^03:04:05 ✗ stopped\n {4}Error: boom\n {4} +at /);
});
