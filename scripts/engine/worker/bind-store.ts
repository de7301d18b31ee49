import { SettingsError } from '../errors.ts';
import type { Store } from '../ports/index.ts';

/** Kept among the cursors: like them it says what the store's rows speak of. */
const name = 'org';

/**
 * Binds the store to the org that it is first used for: its links are between records of that org, and mean nothing in
 * another (K-42). Throws `SettingsError` when it belongs to another org; nothing is to be sent then.
 */
export async function bindStore(store: Pick<Store, 'cursor' | 'commit'>, orgId: string): Promise<void> {
  const bound = await store.cursor(name);
  if (bound === orgId) return;
  if (bound !== undefined) {
    throw new SettingsError(
      `This store holds the links of org ${bound}, and this is org ${orgId}: nothing is read or sent.`,
      ['Start the worker with a store of its own for this org: --store FILE.'],
    );
  }
  await store.commit({ cursors: [{ name, cursor: orgId }] });
}
