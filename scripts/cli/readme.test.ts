import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Config, Parser } from '@oclif/core';
import { exitCodes } from './frame/exit-codes.ts';
import { ownConfiguration } from './own-configuration.ts';
import { readWorkerOptions } from './worker-options.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const config = await Config.load({ root, pjson: ownConfiguration(root) });
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** What README shows as code: spans, and the lines of blocks. */
const code = [
  ...[...readme.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span),
  ...[...readme.matchAll(/^```bash\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n')),
].map((text) => text.trim().split(/\s+/));

const npm = code.filter(([first]) => first === 'npm');
const wordsAfter = (script: string): readonly (readonly string[])[] =>
  npm.filter(([, run, name]) => run === 'run' && name === script).map((words) => words.slice(words.indexOf('--') + 1));

/** The command that the words begin with, and the words after it. */
function commandOf(words: readonly string[]): { readonly id: string; readonly rest: readonly string[] } | undefined {
  const ids = [words.slice(0, 2).join(':'), words[0] ?? ''];
  const id = ids.find((each) => config.findCommand(each) !== undefined);
  return id === undefined ? undefined : { id, rest: words.slice(id.split(':').length) };
}

test('README: every npm command is there', () => {
  assert.ok(npm.length > 10);
  for (const words of npm) {
    const name = words[1] === 'run' ? words[2] : words[1];
    assert.ok(name !== undefined && name in scripts, words.join(' '));
  }
});

test('README: every command line of plumbline and of the worker is one that they take', async () => {
  const bare = code.filter(([first, second]) => first === 'plumbline' && second !== undefined);
  const lines = [...wordsAfter('plumbline'), ...bare.map((words) => words.slice(1))].filter(
    (words) => words.at(-1) !== '--help',
  );
  assert.ok(lines.length > 5);
  for (const words of lines) {
    const found = commandOf(words);
    assert.ok(found, `there is no command: ${words.join(' ')}`);
    const command = await config.findCommand(found.id, { must: true }).load();
    await Parser.parse([...found.rest], { flags: command.flags, args: command.args, strict: command.strict ?? true });
  }
  const workers = wordsAfter('worker').filter((words) => words.length > 0);
  assert.ok(workers.length > 1);
  for (const words of workers) readWorkerOptions([...words], {});
});

test('README: the table has every command, and no other', () => {
  const rows = [...readme.matchAll(/^\| (`[^|]*`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  assert.deepEqual(rows.toSorted(), config.commands.map(({ id }) => id.replaceAll(':', ' ')).toSorted());
});

test('README: every exit code is told', () => {
  const told = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, number]) => Number(number));
  assert.deepEqual(told, Object.values(exitCodes));
});

test('README: what needs no org runs as it is written, through the launcher', () => {
  const lines = wordsAfter('plumbline').filter((words) => words.at(-1) === '--help');
  assert.ok(lines.length > 1);
  for (const [entry, words] of [
    ...lines.map((each) => ['scripts/cli/main.ts', each] as const),
    ['scripts/cli/worker.ts', ['--help']] as const,
  ]) {
    const { status, stdout, stderr } = spawnSync('node', ['scripts/front-door/launch.mjs', entry, ...words], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^ +\$ plumbline |--store FILE/m);
  }
});
