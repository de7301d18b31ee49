import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { baseModules, packageVersion, PROJECT } from './modules.ts';

/** What is built once and kept for later orgs. */
export const BUILD_FOLDER = join(PROJECT, 'build/lightning');

const PACKAGES = [
  'lwc',
  'lightning-base-components',
  '@lwc/rollup-plugin',
  '@lwc/synthetic-shadow',
  '@locker/sandbox',
  'rollup',
];

/** What decides how they are built. */
const SCRIPTS = ['build.ts', 'modules.ts', 'plugins.ts'];

let keyOfPackages: string | undefined;

/** Differs as soon as a package, or the way it is built, does; neither changes while a process runs. */
function key(): string {
  keyOfPackages ??= hashOfPackages();
  return keyOfPackages;
}

function hashOfPackages(): string {
  const parts = [
    ...PACKAGES.map((name) => `${name}@${packageVersion(name)}`),
    ...baseModules(),
    ...SCRIPTS.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

function buildInWorker(folder: string): Promise<void> {
  const worker = new Worker(new URL('build-worker.ts', import.meta.url), { workerData: folder });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the build of the base components ended with ${code}`));
    });
  });
}

async function make(): Promise<string> {
  const folder = join(BUILD_FOLDER, `vendor-${key()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(BUILD_FOLDER, { recursive: true });
  const draft = mkdtempSync(join(BUILD_FOLDER, 'draft-'));
  await buildInWorker(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process was faster; what it built is the same.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}

/** The same folder without waiting; undefined when it has not been built yet. */
export function builtVendorFolder(): string | undefined {
  const folder = join(BUILD_FOLDER, `vendor-${key()}`);
  return existsSync(folder) ? folder : undefined;
}

let made: Promise<string> | undefined;

/**
 * The folder with the platform's modules, `lwc.js`, `lightning/<name>.js` …; built when these versions of the packages
 * have not been yet, in a thread of its own, and kept under `build/`.
 */
export function vendorFolder(): Promise<string> {
  made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}
