// `npm run check`: everything that tools can judge without running the project. Prints each step's time and what it
// found; ends with 1 when a step failed, after all have run.
import { spawnSync } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string): string => `node_modules/.bin/${name}`;

const steps: readonly Step[] = [
  { name: 'format (prettier, with its Apex plugin)', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'types (tsc)', command: [bin('tsc'), '--noEmit', '-p', '.'] },
  {
    name: 'types of the components (tsc)',
    command: [bin('tsc'), '--noEmit', '-p', 'force-app/main/default/lwc'],
  },
  { name: 'types of the shell’s pages (tsc)', command: [bin('tsc'), '--noEmit', '-p', 'local/org/shell/client'] },
  {
    name: 'lint (ESLint)',
    command: [bin('eslint'), '--max-warnings=0', '--cache', '--cache-location', 'build/eslint-cache', '.'],
  },
  {
    name: 'imports (dependency-cruiser)',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'scripts', 'local', 'bench', 'conformance'],
  },
  { name: 'unused code and packages (knip)', command: [bin('knip')] },
  { name: 'components by the platform’s own compiler', command: [process.execPath, 'scripts/check/components.ts'] },
  { name: 'Apex (apex-ls, PMD)', command: [process.execPath, 'scripts/check/apex.ts'] },
  { name: 'metadata against the platform schema', command: [process.execPath, 'scripts/check/metadata.ts'] },
];

const failed: string[] = [];
for (const step of steps) {
  const started = Date.now();
  const [command, ...words] = step.command;
  const result = spawnSync(command as string, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error) throw result.error;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${result.status === 0 ? '✔' : '✖'} ${step.name} (${seconds} s)`);
  if (result.status !== 0) failed.push(step.name);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`);
  process.exit(1);
}
