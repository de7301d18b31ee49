/** `plumbline …` and `npm run plumbline -- …`: the command line of its own, without the sf CLI. */
import { fileURLToPath } from 'node:url';
import { Errors, flush, run, settings } from '@oclif/core';
import { errorJson, exitCodeOf } from './frame/exit-codes.ts';
import { ownConfiguration } from './own-configuration.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Node runs TypeScript itself: oclif need not look for a compiler.
settings.enableAutoTranspile = false;
try {
  await run(process.argv.slice(2), { root, pjson: ownConfiguration(root) });
  await flush();
} catch (error) {
  // A command tells its errors itself; here it is not even known which command is meant.
  if (!process.argv.includes('--json')) await Errors.handle(error instanceof Error ? error : new Error(String(error)));
  process.stdout.write(`${JSON.stringify(errorJson(error), null, 2)}\n`);
  process.exitCode = exitCodeOf(error);
}
