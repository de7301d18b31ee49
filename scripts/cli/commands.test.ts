import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core';
import { ownConfiguration } from './own-configuration.ts';
import { commands } from './plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const snapshotFile = fileURLToPath(new URL('./command-snapshot.json', import.meta.url));
const config = await Config.load({ root, pjson: ownConfiguration(root) });

/** What scripts depend on: commands, their arguments and flags. Written anew with UPDATE_SNAPSHOT=true. */
const present = config.commands
  .map((command) => ({
    command: command.id,
    args: Object.values(command.args).map((arg) => `${arg.name}${arg.required ? '' : '?'}`),
    flags: Object.entries(command.flags)
      .map(([name, flag]) => `${flag.char === undefined ? '' : `-${flag.char} `}--${name}`)
      .toSorted(),
  }))
  .toSorted((left, right) => (left.command < right.command ? -1 : 1));

test('commands, arguments and flags are what scripts depend on', () => {
  if (process.env['UPDATE_SNAPSHOT'] === 'true') writeFileSync(snapshotFile, `${JSON.stringify(present, null, 2)}\n`);
  assert.deepEqual(present, JSON.parse(readFileSync(snapshotFile, 'utf8')));
});

test('the plugin of sf has the same commands', () => {
  const asPlugin = present.map(({ command }) => (command.startsWith('sync:') ? command : `plumbline:${command}`));
  assert.deepEqual(Object.keys(commands).toSorted(), asPlugin.toSorted());
});

test('every command takes --json and says in a sentence what it does', () => {
  for (const command of config.commands) {
    assert.ok('json' in command.flags, command.id);
    assert.match(command.summary ?? '', /^[A-Z].*\.$/s, command.id);
  }
});

function plumbline(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { code: number | null; out: string; err: string } {
  const env = { ...process.env, HOME: '/nonexistent', NODE_OPTIONS: '', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli/bin.js', ...words], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  return { code: status, out: stdout, err: stderr };
}

test('a wrong command line ends with 2', () => {
  assert.equal(plumbline(['sync', 'plan']).code, 2);
  assert.equal(plumbline(['sync', 'list', '--nothing']).code, 2);
});

test('a wrong command line with --json ends with 2 as well, and says so as JSON', () => {
  for (const words of [
    ['sync', 'plan'],
    ['sync', 'list', '--nothing'],
    ['sync', 'status', '--reason', 'x'],
    ['nothing'],
  ]) {
    const { code, out } = plumbline([...words, '--json']);
    const { error } = JSON.parse(out) as {
      error: { name: string; message: string; actions: string[]; exitCode: number };
    };
    assert.equal(code, 2, out);
    assert.deepEqual([error.name, error.exitCode, error.actions.length], ['UsageError', 2, 1], out);
  }
});

test('a configuration file that is wrong ends with 3, naming the file, the place and the mend', () => {
  const { code, err } = plumbline(['config', 'diff', 'package.json']);
  assert.equal(code, 3, err);
  assert.match(err, /package\.json:\d+:\d+: .*\n/);
  assert.match(err, /→ Correct package\.json/);
});

test('with --json an error is JSON on stdout, with its actions', () => {
  const { code, out } = plumbline(['config', 'diff', 'nowhere.yaml', '--json']);
  assert.equal(code, 3);
  const { error } = JSON.parse(out) as { error: { message: string; actions: string[]; exitCode: number } };
  assert.match(error.message, /nowhere\.yaml cannot be read \(ENOENT\)/);
  assert.equal(error.exitCode, 3);
  assert.ok(error.actions.length > 0);
});

test('an access token without its org is refused without being shown', () => {
  const { code, out, err } = plumbline(['sync', 'list'], { PLUMBLINE_ACCESS_TOKEN: 'sesame-1' });
  assert.equal(code, 3);
  assert.match(err, /needed together/);
  assert.ok(!`${out}${err}`.includes('sesame-1'));
});
