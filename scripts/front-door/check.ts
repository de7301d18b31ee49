// `npm run check`: everything that tools can judge without running the project. Two steps run at a time, the long ones
// first; what a step said and its time are printed when it ends. Ends with 1 when a step failed, after all have run.
import { spawn } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** A machine of two cores is the least that the checks are meant for, and each step keeps one busy. */
const atOnce = 2;

const bin = (name: string): string => `node_modules/.bin/${name}`;

const steps: readonly Step[] = [
  {
    name: 'lint (ESLint)',
    command: [bin('eslint'), '--max-warnings=0', '--cache', '--cache-location', 'build/eslint-cache', '.'],
  },
  { name: 'format (prettier, with its Apex plugin)', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'types (tsc)', command: [bin('tsc'), '--noEmit', '-p', '.'] },
  { name: 'Apex (apex-ls, PMD)', command: [process.execPath, 'scripts/check/apex.ts'] },
  { name: 'components by the platform’s own compiler', command: [process.execPath, 'scripts/check/components.ts'] },
  { name: 'unused code and packages (knip)', command: [bin('knip')] },
  {
    name: 'imports (dependency-cruiser)',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'scripts', 'local', 'bench', 'conformance'],
  },
  {
    name: 'types of the components (tsc)',
    command: [bin('tsc'), '--noEmit', '-p', 'force-app/main/default/lwc'],
  },
  { name: 'types of the shell’s pages (tsc)', command: [bin('tsc'), '--noEmit', '-p', 'local/org/shell/client'] },
  { name: 'metadata against the platform schema', command: [process.execPath, 'scripts/check/metadata.ts'] },
];

const waiting = [...steps];
const failed: string[] = [];
await Promise.all(Array.from({ length: atOnce }, runSteps));
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`);
  process.exit(1);
}

async function runSteps(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const started = Date.now();
    const passed = await runStep(step);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${passed ? '✔' : '✖'} ${step.name} (${seconds} s)`);
    if (!passed) failed.push(step.name);
  }
}

/** Whether the step ended with 0; what it says is printed at its end, so that two steps' words are not mixed. */
async function runStep(step: Step): Promise<boolean> {
  const [command, ...words] = step.command;
  const child = spawn(command as string, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.stdout.write(Buffer.concat(said));
  return status === 0;
}
