import type { SystemClock } from '../clock.ts';
import type { User } from './users.ts';

export interface UserList {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly members: Set<User>;
}

/** The static lists of a project. */
export class Lists {
  readonly #clock: SystemClock;
  readonly #lists = new Map<number, UserList>();
  #next = 1;

  constructor(clock: SystemClock) {
    this.#clock = clock;
  }

  create(name: string, description: string): UserList {
    const list = { id: this.#next++, name, description, createdAt: this.#clock.now(), members: new Set<User>() };
    this.#lists.set(list.id, list);
    return list;
  }

  get(id: number): UserList | undefined {
    return this.#lists.get(id);
  }

  delete(id: number): boolean {
    return this.#lists.delete(id);
  }

  all(): Iterable<UserList> {
    return this.#lists.values();
  }

  of(user: User): readonly number[] {
    return [...this.#lists.values()].filter(({ members }) => members.has(user)).map(({ id }) => id);
  }

  /** Takes a user out of every list, as when the user is deleted. */
  leave(user: User): void {
    for (const { members } of this.#lists.values()) members.delete(user);
  }

  clear(): void {
    for (const { members } of this.#lists.values()) members.clear();
  }
}
