import { createHash } from 'node:crypto';
import type { Fields } from './field-types.ts';
import { TextShelf, type ShelvedText } from './text-shelf.ts';

/** How a project tells its users apart; source: Iterable's project settings. */
export type IdentityMode = 'email' | 'userID' | 'hybrid';

export interface Subscriptions {
  unsubscribedChannelIds?: readonly number[];
  unsubscribedMessageTypeIds?: readonly number[];
}

/** Its fields are kept as text: a million users as objects take four times the memory, and a system's time to get it. */
export class User {
  email: string | undefined;
  userId: string | undefined;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** Seconds since 1970. */
  updatedAt: number;
  subscriptions: Subscriptions | undefined = undefined;
  /** `Users` changes it. */
  text: ShelvedText;

  constructor(email: string | undefined, userId: string | undefined, text: ShelvedText, seconds: number) {
    this.email = email;
    this.userId = userId;
    this.createdAt = seconds;
    this.updatedAt = seconds;
    this.text = text;
  }

  /** Each look makes them anew: `Users.setFields` changes them. */
  get dataFields(): Fields {
    return JSON.parse(this.text.read()) as Fields;
  }
}

/** Emails are compared in lower case, and kept so. */
export function emailKey(email: string): string {
  return email.toLowerCase();
}

/** The users of a project, found by email and by user ID. */
export class Users {
  readonly mode: IdentityMode;
  readonly #byEmail = new Map<string, User>();
  readonly #byUserId = new Map<string, User>();
  readonly #forgottenEmails = new Set<string>();
  readonly #forgottenUserIds = new Set<string>();
  #shelf = new TextShelf();
  #count = 0;

  constructor(mode: IdentityMode) {
    this.mode = mode;
  }

  get count(): number {
    return this.#count;
  }

  byEmail(email: string): User | undefined {
    return this.#byEmail.get(emailKey(email));
  }

  byUserId(userId: string): User | undefined {
    return this.#byUserId.get(userId);
  }

  create(email: string | undefined, userId: string | undefined, dataFields: Fields, seconds: number): User {
    const key = email === undefined ? undefined : emailKey(email);
    const user = new User(key, userId, this.#shelf.put(JSON.stringify(dataFields)), seconds);
    if (key !== undefined) this.#byEmail.set(key, user);
    if (userId !== undefined) this.#byUserId.set(userId, user);
    this.#count++;
    return user;
  }

  setFields(user: User, dataFields: Fields): void {
    this.#shelf.take(user.text);
    user.text = this.#shelf.put(JSON.stringify(dataFields));
    if (this.#shelf.isWasteful) this.#tidy();
  }

  setEmail(user: User, email: string): void {
    this.#dropEmail(user);
    user.email = emailKey(email);
    this.#byEmail.set(user.email, user);
  }

  setUserId(user: User, userId: string): void {
    if (user.userId !== undefined && this.#byUserId.get(user.userId) === user) this.#byUserId.delete(user.userId);
    user.userId = userId;
    this.#byUserId.set(userId, user);
  }

  remove(user: User): void {
    this.#dropEmail(user);
    if (user.userId !== undefined && this.#byUserId.get(user.userId) === user) this.#byUserId.delete(user.userId);
    this.#shelf.take(user.text);
    this.#count--;
  }

  clear(): void {
    this.#byEmail.clear();
    this.#byUserId.clear();
    this.#shelf.clear();
    this.#count = 0;
  }

  /** Every user once. Where user IDs identify, several users can share an email. */
  *all(): Generator<User> {
    if (this.mode === 'userID') yield* this.#byUserId.values();
    else {
      yield* this.#byEmail.values();
      for (const user of this.#byUserId.values()) if (user.email === undefined) yield user;
    }
  }

  /** Removes a user for good: writes to these identifiers are refused until `unforget`. */
  forget(email: string | undefined, userId: string | undefined): void {
    const user = email !== undefined ? this.byEmail(email) : userId !== undefined ? this.byUserId(userId) : undefined;
    if (user !== undefined) this.remove(user);
    for (const each of [email, user?.email]) if (each !== undefined) this.#forgottenEmails.add(emailKey(each));
    for (const each of [userId, user?.userId]) if (each !== undefined) this.#forgottenUserIds.add(each);
  }

  unforget(email: string | undefined, userId: string | undefined): void {
    if (email !== undefined) this.#forgottenEmails.delete(emailKey(email));
    if (userId !== undefined) this.#forgottenUserIds.delete(userId);
  }

  isForgottenEmail(email: string): boolean {
    return this.#forgottenEmails.size > 0 && this.#forgottenEmails.has(emailKey(email));
  }

  isForgottenUserId(userId: string): boolean {
    return this.#forgottenUserIds.has(userId);
  }

  /** SHA-256 of what was forgotten, as `users/forgotten` answers. */
  forgottenHashes(kind: 'email' | 'userId'): readonly string[] {
    const names = kind === 'email' ? this.#forgottenEmails : this.#forgottenUserIds;
    return [...names].map((name) => createHash('sha256').update(name).digest('hex'));
  }

  /** Those that are no user's any more keep their place on the old shelf, for whoever still holds them. */
  #tidy(): void {
    const shelf = new TextShelf();
    for (const user of this.all()) user.text = shelf.put(user.text.read());
    this.#shelf = shelf;
  }

  #dropEmail(user: User): void {
    if (user.email !== undefined && this.#byEmail.get(user.email) === user) this.#byEmail.delete(user.email);
  }
}
