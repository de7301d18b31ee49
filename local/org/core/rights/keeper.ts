import type { Database } from '../database.ts';
import type { Entry } from '../storage/index.ts';
import { grantsOf, rightsObjects } from './grants.ts';
import { SharingRights } from './sharing-rights.ts';
import { UserRights } from './user-rights.ts';

interface Kept {
  readonly stamp: string;
  readonly revision: number;
  /** Absent: a system administrator, whom nothing is denied. */
  readonly rights: UserRights | undefined;
  readonly sharing: UserRights | undefined;
}

/** Keeps what users may do until the schema, or a record that grants rights, changes. */
export class RightsKeeper {
  readonly #database: Database;
  readonly #kept = new Map<Entry, Kept>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** `undefined`: a system administrator, whom nothing is denied. */
  of(user: Entry): UserRights | undefined {
    return this.#of(user).rights;
  }

  /** What code with sharing may do for the user; `undefined`: everything. */
  sharingOf(user: Entry): UserRights | undefined {
    return this.#of(user).sharing;
  }

  /** Grows each time that the user's rights may have changed. */
  revisionOf(user: Entry): number {
    return this.#of(user).revision;
  }

  #of(user: Entry): Kept {
    const stamp = this.#stamp();
    const known = this.#kept.get(user);
    if (known?.stamp === stamp) return known;
    const { systemAdministrator } = grantsOf(this.#database, user);
    const rights = systemAdministrator ? undefined : new UserRights(this.#database, user);
    const sharing = systemAdministrator ? undefined : new SharingRights(this.#database, user);
    const kept = { stamp, revision: (known?.revision ?? 0) + 1, rights, sharing };
    this.#kept.set(user, kept);
    return kept;
  }

  #stamp(): string {
    let stamp = `${this.#database.schema.revision}`;
    for (const object of rightsObjects) stamp += `,${this.#database.table(object).version}`;
    return stamp;
  }
}
