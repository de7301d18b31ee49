import type { User, Users } from './users.ts';

/** The buckets of `failedUpdates`; source: the reply of `users/bulkUpdate`. */
export type FailureKind = 'invalid' | 'notFound' | 'invalidData' | 'conflict' | 'forgotten';

export interface Identifiers {
  readonly email: string | undefined;
  readonly userId: string | undefined;
}

export interface FailedResolution {
  readonly kind: 'failed';
  readonly failure: FailureKind;
  readonly by: 'email' | 'userId';
}

export type Resolution =
  | { readonly kind: 'known'; readonly user: User }
  | { readonly kind: 'new'; readonly email: string | undefined; readonly userId: string | undefined }
  | FailedResolution;

const address = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const longestEmail = 255;
const longestUserId = 52;

export function isEmail(text: string): boolean {
  return text.length <= longestEmail && address.test(text);
}

function failed(failure: FailureKind, by: 'email' | 'userId'): FailedResolution {
  return { kind: 'failed', failure, by };
}

/** Why no user can have these identifiers, whatever the project holds; undefined when one can. */
export function refuse(users: Users, { email, userId }: Identifiers): FailedResolution | undefined {
  if (email !== undefined && !isEmail(email)) return failed('invalid', 'email');
  if (userId !== undefined && (userId === '' || userId.length > longestUserId)) return failed('invalid', 'userId');
  if (email === undefined && userId === undefined) return failed('invalid', 'email');
  if (email !== undefined && users.isForgottenEmail(email)) return failed('forgotten', 'email');
  if (userId !== undefined && users.isForgottenUserId(userId)) return failed('forgotten', 'userId');
  return undefined;
}

/**
 * Finds the user that a write is meant for, or says that it makes a new one, by the project's identity mode; the
 * identifiers have passed `refuse`. `preferUserId` makes a user of an unknown user ID in an email-based project, with a
 * placeholder address.
 */
export function resolve(
  users: Users,
  { email, userId }: Identifiers,
  options: { readonly preferUserId: boolean; readonly updateOnly: boolean },
): Resolution {
  if (email === undefined)
    return userId === undefined ? failed('invalid', 'email') : resolveByUserId(users, userId, options);
  if (userId === undefined) return resolveByEmail(users, email, options.updateOnly);
  return resolveBoth(users, email, userId, options.updateOnly);
}

function resolveByEmail(users: Users, email: string, updateOnly: boolean): Resolution {
  const user = users.byEmail(email);
  if (user !== undefined) return { kind: 'known', user };
  if (updateOnly || users.mode === 'userID') return failed('notFound', 'email');
  return { kind: 'new', email, userId: undefined };
}

function resolveByUserId(
  users: Users,
  userId: string,
  options: { readonly preferUserId: boolean; readonly updateOnly: boolean },
): Resolution {
  const user = users.byUserId(userId);
  if (user !== undefined) return { kind: 'known', user };
  if (options.updateOnly) return failed('notFound', 'userId');
  if (users.mode !== 'email') return { kind: 'new', email: undefined, userId };
  if (!options.preferUserId) return failed('notFound', 'userId');
  const placeholder = `${userId}@placeholder.email`;
  if (users.byEmail(placeholder) !== undefined) return failed('conflict', 'userId');
  return { kind: 'new', email: placeholder, userId };
}

/** Email-based projects go by the email, the others by the user ID; the second identifier is written to the profile. */
function resolveBoth(users: Users, email: string, userId: string, updateOnly: boolean): Resolution {
  const owner = users.byEmail(email);
  const named = users.byUserId(userId);
  if (users.mode === 'email') {
    if (named !== undefined && named !== owner) return failed('conflict', 'email');
    if (owner !== undefined) return { kind: 'known', user: owner };
    return updateOnly ? failed('notFound', 'email') : { kind: 'new', email, userId };
  }
  if (users.mode === 'hybrid' && owner !== undefined && owner !== named) {
    if (named !== undefined || owner.userId !== undefined) return failed('conflict', 'userId');
    return { kind: 'known', user: owner };
  }
  if (named !== undefined) return { kind: 'known', user: named };
  return updateOnly ? failed('notFound', 'userId') : { kind: 'new', email, userId };
}
