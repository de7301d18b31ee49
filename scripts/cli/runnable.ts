import { SettingsError } from '../engine/index.ts';
import { MappingError, compileMapping } from '../mapping/index.ts';
import type { Draft } from '../control/index.ts';
import { systems } from './systems.ts';

/**
 * Refuses a configuration that no worker could run, before it is applied or activated: mappings that cannot be compiled
 * keys that no mapping writes, and syncs that their system does not have as they are. Throws `SettingsError` that lists every mistake with its mend.
 */
export function requireRunnable(draft: Draft): void {
  const mistakes: string[] = [];
  for (const sync of draft.syncs) {
    try {
      compileMapping(
        sync.mappings,
        sync.mappings.map((mapping) => mapping.source),
      );
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      mistakes.push(
        ...error.problems.map((each) => `sync ${sync.name}: ${each.place}: ${each.problem}. ${each.mend}.`),
      );
    }
    if (!sync.mappings.some((mapping) => mapping.target === sync.key.target && mapping.source === sync.key.source)) {
      mistakes.push(`sync ${sync.name}: no mapping writes the key. Map ${sync.key.source} → ${sync.key.target}.`);
    }
  }
  for (const { name, system } of draft.connections) {
    const own = draft.syncs.filter(({ connection }) => connection === name);
    for (const [sync, problem] of systems.system(system).syncProblems(own)) mistakes.push(`sync ${sync}: ${problem}.`);
  }
  if (mistakes.length > 0) {
    throw new SettingsError(`This configuration cannot run:\n${mistakes.map((each) => `  ${each}`).join('\n')}`, [
      'Correct it and try again.',
    ]);
  }
}
