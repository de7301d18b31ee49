import { Refusal, type Answer } from '../kit/index.ts';
import { failure } from './answer.ts';
import type { Fields, Mismatch } from './field-types.ts';
import { refuse, resolve, type FailedResolution, type Resolution } from './identity.ts';
import { mergeFields, withoutNulls, withoutPaths } from './merge.ts';
import { uniqueFieldLimit, type Project } from './project.ts';
import type { UnreadBody } from './unread-body.ts';
import type { User } from './users.ts';

/** One user of a write, its body already checked. */
export interface UserWrite {
  readonly email: string | undefined;
  readonly userId: string | undefined;
  readonly dataFields: Fields;
  readonly mergeNestedObjects: boolean;
  readonly preferUserId: boolean;
}

export interface WriteOptions {
  readonly createNewFields: boolean;
  readonly updateOnly: boolean;
  /** The bytes of a body whose `users` are the writes, in their order; absent: their fields are kept one by one. */
  readonly body?: Uint8Array;
}

export type WriteResult =
  | { readonly kind: 'written'; readonly user: User; readonly changed: boolean }
  | (FailedResolution & { readonly mismatch?: Mismatch });

export interface BatchResult {
  /** In the order of the writes. */
  readonly results: readonly WriteResult[];
  readonly createdFields: ReadonlySet<string>;
  readonly filteredOutFields: ReadonlySet<string>;
}

interface CheckedWrite {
  readonly write: UserWrite;
  readonly fields: Fields;
  readonly refused: FailedResolution | undefined;
  readonly mismatch: Mismatch | undefined;
  readonly hasNulls: boolean;
}

/** When a write came, and where its fields are, if they may stay there. */
interface Arrival {
  readonly seconds: number;
  readonly body: UnreadBody | undefined;
  readonly place: number;
}

/**
 * Writes users in order, so that the second of two writes to one user sees the first. Types are checked for the whole
 * batch before the first user is touched: a batch that is refused leaves nothing behind.
 * Throws `Refusal`: `UniqueFieldsLimitExceeded`, and `RequestFieldsTypesMismatched` where a mismatch fails the batch.
 */
export function writeUsers(project: Project, writes: readonly UserWrite[], options: WriteOptions): BatchResult {
  const createdFields = new Set<string>();
  const filteredOutFields = new Set<string>();
  const checked: CheckedWrite[] = [];
  const mark = project.types.mark;
  for (const write of writes) {
    const refused = refuse(project.users, write);
    if (refused !== undefined) {
      checked.push({ write, fields: write.dataFields, refused, mismatch: undefined, hasNulls: false });
      continue;
    }
    const { mismatch, created, filtered, hasNulls } = project.types.check(write.dataFields, options.createNewFields);
    if (mismatch !== undefined && project.options.typeMismatch === 'batch') {
      project.types.rollBack(mark);
      throw new Refusal(mismatchAnswer(project, mismatch));
    }
    for (const path of created) createdFields.add(path);
    for (const path of filtered) filteredOutFields.add(path);
    const fields = filtered.length === 0 ? write.dataFields : withoutPaths(write.dataFields, filtered);
    checked.push({ write, fields, refused, mismatch, hasNulls });
  }
  if (project.types.size > uniqueFieldLimit && createdFields.size > 0) {
    project.types.rollBack(mark);
    throw new Refusal(
      failure(
        400,
        'UniqueFieldsLimitExceeded',
        `Project ${project.number}: the limit of ${uniqueFieldLimit} unique user fields is exceeded`,
      ),
    );
  }
  project.types.commit();
  const seconds = project.seconds();
  const body = options.body && project.users.unread(options.body);
  const results = checked.map((each, place) => writeUser(project, each, options, { seconds, body, place }));
  return { results, createdFields, filteredOutFields };
}

function writeUser(project: Project, checked: CheckedWrite, options: WriteOptions, arrival: Arrival): WriteResult {
  const { write, refused, mismatch } = checked;
  if (refused !== undefined) return refused;
  const found = resolve(project.users, write, {
    preferUserId: write.preferUserId,
    updateOnly: options.updateOnly,
  });
  if (found.kind === 'failed') return found;
  if (mismatch !== undefined) {
    return { kind: 'failed', failure: 'invalidData', by: write.email === undefined ? 'userId' : 'email', mismatch };
  }
  return found.kind === 'new'
    ? create(project, found, checked, arrival)
    : update(project, found.user, checked, arrival.seconds);
}

function create(
  project: Project,
  { email, userId }: Extract<Resolution, { kind: 'new' }>,
  { write, fields, hasNulls }: CheckedWrite,
  { seconds, body, place }: Arrival,
): WriteResult {
  const { users } = project;
  const user =
    body?.isUnread === true && fields === write.dataFields && !hasNulls
      ? users.createUnread(email, userId, body, place, seconds)
      : users.create(email, userId, hasNulls ? withoutNulls(fields) : fields, seconds);
  return { kind: 'written', user, changed: true };
}

function update(project: Project, user: User, { write, fields }: CheckedWrite, seconds: number): WriteResult {
  const merged = mergeFields(user.dataFields, fields, write.mergeNestedObjects);
  let changed = merged.changed;
  if (merged.changed) project.users.setFields(user, merged.fields);
  if (write.email !== undefined && write.email.toLowerCase() !== user.email) {
    project.users.setEmail(user, write.email);
    changed = true;
  }
  if (write.userId !== undefined && write.userId !== user.userId) {
    project.users.setUserId(user, write.userId);
    changed = true;
  }
  if (changed) user.updatedAt = seconds;
  return { kind: 'written', user, changed };
}

/** The 400 for a field of another type than the project's; source: recorded replies of Iterable. */
export function mismatchAnswer(project: Project, { path, expected, incoming, value }: Mismatch): Answer {
  const msg =
    `Project ${project.number}: The request does not have the same data types as the data previously submitted. ` +
    `Field '${path}' already exists for type 'user' and has a data type of '${expected}' but possible types ` +
    `'${incoming.join(', ')}' in the request.`;
  const error = {
    incomingTypes: incoming,
    expectedType: expected,
    _type: 'UnexpectedType',
    offendingValue: value,
    category: 'user',
  };
  return failure(400, 'RequestFieldsTypesMismatched', msg, { validationErrors: { [path]: error } });
}
