import type { Command, SystemOffer } from '../ports/index.ts';
import type { CommandContext } from './context.ts';

export interface SystemsAnswer {
  readonly systems: readonly SystemOffer[];
}

/**
 * The systems that this worker can connect, and how a connection of each begins. `target` names the connection that the
 * syncs are for; `*`: one that is not named yet.
 */
export function systems({ target }: Command, { setup }: Pick<CommandContext, 'setup'>): SystemsAnswer {
  return { systems: setup.systems(target === '' || target === '*' ? undefined : target) };
}
