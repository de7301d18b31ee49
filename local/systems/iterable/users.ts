import { createHash } from 'node:crypto';
import type { Fields } from './field-types.ts';
import { ShelvedText, TextShelf } from './text-shelf.ts';
import { UnreadBody } from './unread-body.ts';

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
  /** Until they are looked at, in the body that brought them. `Users` changes them. */
  fields: ShelvedText | UnreadBody;

  constructor(
    email: string | undefined,
    userId: string | undefined,
    fields: ShelvedText | UnreadBody,
    seconds: number,
  ) {
    this.email = email;
    this.userId = userId;
    this.createdAt = seconds;
    this.updatedAt = seconds;
    this.fields = fields;
  }

  /** Each look makes them anew: `Users.setFields` changes them. */
  get dataFields(): Fields {
    return JSON.parse(this.text.read()) as Fields;
  }

  get text(): ShelvedText {
    if (this.fields instanceof UnreadBody) this.fields.takeApart();
    if (this.fields instanceof ShelvedText) return this.fields;
    throw new Error('a body was taken apart and a user of it has no fields');
  }
}

/** Emails are compared in lower case, and kept so. */
export function emailKey(email: string): string {
  return email.toLowerCase();
}

function keyOf(email: string | undefined): string | undefined {
  return email === undefined ? undefined : emailKey(email);
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

  /** A body of a bulk write, whose users `create` may leave in it. */
  unread(bytes: Uint8Array): UnreadBody {
    return new UnreadBody(bytes, this.#shelf, (fields) => this.#keep(fields));
  }

  create(email: string | undefined, userId: string | undefined, dataFields: Fields, seconds: number): User {
    return this.#add(new User(keyOf(email), userId, this.#keep(dataFields), seconds));
  }

  /** Leaves the user's fields where they are in `body`, at `place`. */
  createUnread(
    email: string | undefined,
    userId: string | undefined,
    body: UnreadBody,
    place: number,
    seconds: number,
  ): User {
    const user = this.#add(new User(keyOf(email), userId, body, seconds));
    body.add(user, place);
    return user;
  }

  setFields(user: User, dataFields: Fields): void {
    this.#shelf.take(user.text);
    user.fields = this.#keep(dataFields);
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
    for (const user of this.all()) user.fields = shelf.put(user.text.read());
    this.#shelf = shelf;
  }

  #add(user: User): User {
    if (user.email !== undefined) this.#byEmail.set(user.email, user);
    if (user.userId !== undefined) this.#byUserId.set(user.userId, user);
    this.#count++;
    return user;
  }

  #keep(fields: Fields): ShelvedText {
    return this.#shelf.put(JSON.stringify(fields));
  }

  #dropEmail(user: User): void {
    if (user.email !== undefined && this.#byEmail.get(user.email) === user) this.#byEmail.delete(user.email);
  }
}
