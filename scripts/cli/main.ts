/** `plumbline …` and `npm run plumbline -- …`: the command line of its own, without the sf CLI. */
import { fileURLToPath } from 'node:url';
import { Errors, flush, run, settings } from '@oclif/core';
import { ownConfiguration } from './own-configuration.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Node runs TypeScript itself: oclif need not look for a compiler.
settings.enableAutoTranspile = false;
try {
  await run(process.argv.slice(2), { root, pjson: ownConfiguration(root) });
  await flush();
} catch (error) {
  await Errors.handle(error instanceof Error ? error : new Error(String(error)));
}
