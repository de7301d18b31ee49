import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompiledComponents } from './build.ts';
import type { ComponentSources } from './sources.ts';
import { baseModules, BUILD_FOLDER, packageVersion } from '../vendor/index.ts';

const PREFIX = 'components-';
/** States of the package whose components are kept; the eldest go first. */
const MOST_KEPT = 12;

let howItIsCompiled: string | undefined;

/** The compiler and the way it is used; this process runs with what it read once. */
function how(): string {
  const own = fileURLToPath(new URL('.', import.meta.url));
  howItIsCompiled ??= JSON.stringify([
    ['@lwc/compiler', 'rollup'].map(packageVersion),
    baseModules(),
    readdirSync(own)
      .sort()
      .map((name) => readFileSync(join(own, name), 'utf8')),
  ]);
  return howItIsCompiled;
}

/** Differs as soon as the components, the compiler or the way it is used does. */
export function keyOf(sources: ComponentSources, sandboxed: boolean): string {
  const parts = JSON.stringify([sandboxed, sources]);
  return createHash('sha256').update(how()).update(parts).digest('hex').slice(0, 12);
}

function fileOf(key: string): string {
  return join(BUILD_FOLDER, `${PREFIX}${key}.json`);
}

/** What an earlier org on this machine compiled of the same sources; undefined when none did. */
export function readKept(key: string): CompiledComponents | undefined {
  const file = fileOf(key);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CompiledComponents) : undefined;
}

/** Keeps compiled components for the orgs to come: compiling takes seconds in which a first page waits. */
export function keep(key: string, compiled: CompiledComponents): void {
  mkdirSync(BUILD_FOLDER, { recursive: true });
  // Another process may be reading: a file is there whole or not at all.
  const draft = `${fileOf(key)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(compiled));
  renameSync(draft, fileOf(key));
  const kept = readdirSync(BUILD_FOLDER)
    .filter((name) => name.startsWith(PREFIX) && name.endsWith('.json'))
    .map((name) => ({ file: join(BUILD_FOLDER, name), madeAt: statSync(join(BUILD_FOLDER, name)).mtimeMs }))
    .sort((left, right) => right.madeAt - left.madeAt);
  for (const { file } of kept.slice(MOST_KEPT)) rmSync(file, { force: true });
}
