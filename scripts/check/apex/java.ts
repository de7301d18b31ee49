import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The jars of apex-ls and PMD, as Salesforce Code Analyzer ships them. */
const jars = join(
  dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine/package.json')),
  'dist/java-lib/*',
);
const oldestJava = 17;

export interface JavaResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a main class of those jars. Throws when Java cannot be started. */
export function runJava(mainClass: string, words: readonly string[]): JavaResult {
  const result = spawnSync('java', ['-cp', jars, mainClass, ...words], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error) throw result.error;
  return result;
}

/** Makes sure that a Java is there: as root on Debian by installing it, else by saying what to install. */
export function requireJava(): void {
  if (hasJava()) return;
  const apt = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (apt) {
    console.log('Installing Java (apt-get install default-jre-headless), which the Apex checks run on …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quietly = (...words: string[]): void =>
      void spawnSync('apt-get', ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    quietly('update');
    quietly('install', '-y', '--no-install-recommends', 'default-jre-headless');
    if (hasJava()) return;
  }
  throw new Error(
    `The Apex checks need Java ${oldestJava} or later, and there is none here. Install it: Debian and Ubuntu ` +
      '"apt-get install default-jre-headless", macOS "brew install openjdk", Windows "winget install Microsoft.OpenJDK.21".',
  );
}

function hasJava(): boolean {
  const result = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, version] = /version "(?:1\.)?(\d+)/.exec(result.stderr ?? '') ?? [];
  return result.status === 0 && Number(version) >= oldestJava;
}
