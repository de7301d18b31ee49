// Starts one of the project's TypeScript entry points under the Node that the project brings, on a machine where
// nothing is installed yet. Plain JavaScript without dependencies, since the machine's own Node, of whatever age, runs it.
//
//   node scripts/front-door/launch.mjs [--with-test-tools] <entry.ts> [arguments…]
//
// Everything it says goes to stderr: stdout belongs to the entry point.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(project, 'node_modules');
const stampFile = join(modules, '.plumbline-installed.json');
const lockDirectory = join(project, '.plumbline', 'installing');
const lockIsStaleAfterMilliseconds = 15 * 60_000;
/**
 * Compiled code, types already taken out, is kept for the next start of the same file: starting the worker or the
 * local org takes half as long. In the project's own folder, as a folder of all users could be tampered with.
 */
const compileCache = join(project, 'build', 'compile-cache');

const words = process.argv.slice(2);
const withTestTools = words[0] === '--with-test-tools';
if (withTestTools) words.shift();
const [entry, ...entryArguments] = words;
if (entry === undefined) {
  console.error('Usage: node scripts/front-door/launch.mjs [--with-test-tools] <entry.ts> [arguments…]');
  process.exit(2);
}

await install();
run();

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(project, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  if (!existsSync(stampFile)) return false;
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  return stamp.lock === lockfileHash() && (stamp.testTools || !withTestTools);
}

/** Installs what package-lock.json names, once, even when several commands start at the same time. */
async function install() {
  if (isInstalled()) return;
  const unlock = await lockInstallation();
  try {
    if (isInstalled()) return;
    const started = Date.now();
    console.error(`Installing what Plumbline needs${withTestTools ? ', its test tools included' : ''} …`);
    const npm = spawnSync(
      'npm',
      // Not `npm ci`: it refuses a lock that lacks optional binaries of platforms for which a registry has no such version.
      [
        'install',
        '--no-save',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        withTestTools ? '--include=dev' : '--omit=dev',
      ],
      {
        cwd: project,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
        env: { ...process.env, npm_config_json: 'false' },
      },
    );
    if (npm.status !== 0) {
      console.error(
        'npm could not install the packages of package-lock.json: see its message above. Is the npm registry in reach?',
      );
      process.exit(1);
    }
    writeFileSync(stampFile, JSON.stringify({ lock: lockfileHash(), testTools: withTestTools }));
    console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  } finally {
    unlock();
  }
}

async function lockInstallation() {
  mkdirSync(dirname(lockDirectory), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lockDirectory);
      return () => rmSync(lockDirectory, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = Date.now() - (statSync(lockDirectory, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > lockIsStaleAfterMilliseconds) rmSync(lockDirectory, { recursive: true, force: true });
    else await new Promise((wake) => setTimeout(wake, 500));
  }
}

/**
 * What V8 and the C library take at a process's start alone: how much garbage the entry point may keep. The worker's
 * records live from their page to their answer, so many outlive the young generation, and V8 would let twice of them pile
 * up in the old.
 */
function entryOptions() {
  const all = JSON.parse(readFileSync(join(project, 'scripts/front-door/entry-options.json'), 'utf8'));
  return all[entry] ?? { node: [], environment: {} };
}

/** Runs the entry point and ends with it; ends it when this process, or the npm that started it, is ended. */
function run() {
  const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const options = entryOptions();
  const child = spawn(
    node,
    ['--disable-warning=ExperimentalWarning', ...options.node, join(project, entry), ...entryArguments],
    {
      stdio: 'inherit',
      env: {
        NODE_COMPILE_CACHE: compileCache,
        ...options.environment,
        ...process.env,
        PATH: `${join(modules, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
      },
    },
  );
  let asked = false;
  /** Once: an entry point may take a second signal for impatience. */
  const end = () => {
    if (!asked) child.kill('SIGTERM');
    asked = true;
  };
  process.on('SIGTERM', end);
  // A terminal sends Ctrl-C to the whole group, the child included: only wait for it.
  process.on('SIGINT', () => undefined);
  const parent = process.ppid;
  // npm may end on a signal without passing it on: the sign is that this process has another parent.
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 250);
  child.on('error', (error) => {
    console.error(`The Node of the project could not start: ${error.message}. Remove node_modules and try again.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exit(signal === null ? code : 128 + ({ SIGTERM: 15, SIGINT: 2, SIGKILL: 9 }[signal] ?? 1));
  });
}
