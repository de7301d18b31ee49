import type { SystemClock } from '../clock.ts';
import { FieldTypes } from './field-types.ts';
import { Lists } from './lists.ts';
import { Users, type IdentityMode } from './users.ts';

/** Iterable's soft limit of user fields a project; source: the API's own text of `UniqueFieldsLimitExceeded`. */
export const uniqueFieldLimit = 1000;

export interface ProjectOptions {
  readonly mode: IdentityMode;
  /** Whether a field of a wrong type fails its user alone, or the whole batch: both have been seen of Iterable. */
  readonly typeMismatch: 'user' | 'batch';
}

/** What one Iterable project holds. */
export class Project {
  readonly number = 10216;
  readonly options: ProjectOptions;
  readonly users: Users;
  readonly types = new FieldTypes();
  readonly lists: Lists;
  readonly #clock: SystemClock;

  constructor(options: ProjectOptions, clock: SystemClock) {
    this.options = options;
    this.users = new Users(options.mode);
    this.lists = new Lists(clock);
    this.#clock = clock;
  }

  /** Seconds since 1970. */
  seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
