import type { Cursor, CursorStore } from './call.ts';
import type { Org } from '../core/index.ts';

/** Open cursors of one user; opening another releases the oldest (SOQL and SOSL Reference, "query cursors"). */
const PER_USER = 10;
/** A cursor ends two days after it was opened. */
const LIFETIME = 2 * 24 * 60 * 60 * 1000;

/** The open query cursors of an org, on its clock. `nextId` makes the ID of a locator. */
export function createCursors(org: Org, nextId: (keyPrefix: string) => string): CursorStore {
  const byUser = new Map<string, Map<string, { readonly cursor: Cursor; readonly endsAt: number }>>();
  return {
    open(userId, cursor) {
      const own = byUser.get(userId) ?? new Map<string, { cursor: Cursor; endsAt: number }>();
      byUser.set(userId, own);
      const oldest = own.keys().next();
      if (own.size >= PER_USER && !oldest.done) own.delete(oldest.value);
      const locator = nextId('01g');
      own.set(locator, { cursor, endsAt: org.clock.now() + LIFETIME });
      return locator;
    },
    find(userId, locator) {
      const kept = byUser.get(userId)?.get(locator);
      return kept && kept.endsAt > org.clock.now() ? kept.cursor : undefined;
    },
  };
}
