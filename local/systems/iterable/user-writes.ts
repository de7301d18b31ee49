import { Refusal, type Answer, type Call } from '../kit/index.ts';
import { failure, success } from './answer.ts';
import { Body } from './body.ts';
import { limits, type CallDefinition } from './calls.ts';
import type { Fields } from './field-types.ts';
import type { FailureKind } from './identity.ts';
import type { Project } from './project.ts';
import { mismatchAnswer, writeUsers, type BatchResult, type UserWrite, type WriteResult } from './write.ts';

/** Source: one integrator's practice and two published clients. */
export const largestBatch = 1000;

const kinds: readonly FailureKind[] = ['invalid', 'notFound', 'invalidData', 'conflict', 'forgotten'];

/** Reads one user of a write; `at` is its path within the body. */
export function readUserWrite(body: Body, from: Fields, at: string): UserWrite {
  const email = body.string(from, 'email', at);
  const userId = body.string(from, 'userId', at);
  if (email === undefined && userId === undefined) body.wrong(`${at}.email`, 'email or userId is required');
  return {
    email,
    userId,
    dataFields: body.object(from, 'dataFields', at),
    mergeNestedObjects: body.boolean(from, 'mergeNestedObjects', at),
    preferUserId: body.boolean(from, 'preferUserId', at),
  };
}

/** Reads the users of a bulk write. Throws `Refusal`: `BatchTooLarge`. */
export function readUserWrites(body: Body, name: string, path: string): readonly UserWrite[] {
  const users = body.objects(body.fields, name, 'obj');
  if (users.length > largestBatch) {
    throw new Refusal(failure(400, 'BatchTooLarge', `[${path}] Batch too large: at most ${largestBatch} users`));
  }
  body.end();
  return users.map((user, index) => readUserWrite(body, user, `obj.${name}[${index}]`));
}

/** `createNewFields`, which is on unless it is said otherwise. */
export function createsNewFields(body: Body): boolean {
  return body.fields['createNewFields'] === undefined || body.boolean(body.fields, 'createNewFields', 'obj');
}

/** The reply of every bulk write of users: counts, and the identifiers of what failed, by cause. */
export function bulkAnswer(
  writes: readonly UserWrite[],
  { results, createdFields, filteredOutFields }: BatchResult,
): Answer {
  const failed: Record<string, string[]> = {};
  for (const kind of kinds) {
    failed[`${kind}Emails`] = [];
    failed[`${kind}UserIds`] = [];
  }
  const unchanged: { readonly emails: string[]; readonly userIds: string[] } = { emails: [], userIds: [] };
  let failCount = 0;
  results.forEach((result, index) => {
    const write = writes[index] as UserWrite;
    if (result.kind === 'failed') {
      failCount++;
      failed[`${result.failure}${result.by === 'email' ? 'Emails' : 'UserIds'}`]?.push(write[result.by] ?? '');
    } else if (!result.changed) {
      if (write.email !== undefined) unchanged.emails.push(write.email);
      else if (write.userId !== undefined) unchanged.userIds.push(write.userId);
    }
  });
  return {
    status: 200,
    body: {
      successCount: results.length - failCount,
      failCount,
      invalidEmails: failed['invalidEmails'],
      invalidUserIds: failed['invalidUserIds'],
      filteredOutFields: [...filteredOutFields],
      createdFields: [...createdFields],
      noOpEmails: unchanged.emails,
      noOpUserIds: unchanged.userIds,
      failedUpdates: failed,
    },
  };
}

function bulkUpdate(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const writes = readUserWrites(body, 'users', call.path);
  const options = {
    createNewFields: createsNewFields(body),
    updateOnly: body.boolean(body.fields, 'updateOnly', 'obj'),
    body: call.bytes,
  };
  body.end();
  return bulkAnswer(writes, writeUsers(project, writes, options));
}

/** The refusal of a write of one user; source: the API's list of codes. */
export function refusalOf(
  project: Project,
  write: UserWrite,
  result: Extract<WriteResult, { kind: 'failed' }>,
): Answer {
  const byEmail = result.by === 'email';
  const name = byEmail ? `email: ${write.email}` : `userId: ${write.userId}`;
  switch (result.failure) {
    case 'invalid':
      return failure(400, byEmail ? 'InvalidEmailAddressError' : 'InvalidUserIdError', `Invalid ${name}`);
    case 'notFound':
      return byEmail
        ? failure(400, 'UnknownEmailError', 'error.users.noUserWithEmailExists')
        : failure(400, 'UnknownUserIdError', 'error.users.noUserWithIdExists');
    case 'conflict':
      return failure(
        400,
        byEmail ? 'UserIdAlreadyExists' : 'EmailAlreadyExists',
        `Conflict of ${name} with an existing user`,
      );
    case 'forgotten':
      return failure(400, 'ForgottenUserError', `User is forgotten, ${name}`);
    case 'invalidData':
      if (result.mismatch === undefined) throw new Error('a type clash without its field');
      return mismatchAnswer(project, result.mismatch);
  }
}

function update(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const write = readUserWrite(body, body.fields, 'obj');
  const options = { createNewFields: createsNewFields(body), updateOnly: false };
  body.end();
  const [result] = writeUsers(project, [write], options).results;
  if (result === undefined) throw new Error('a write without a result');
  return result.kind === 'failed' ? refusalOf(project, write, result) : success();
}

export const userWrites: readonly CallDefinition[] = [
  {
    method: 'POST',
    path: '/api/users/bulkUpdate',
    name: 'users/bulkUpdate',
    limit: limits.bulkUpdate,
    handle: bulkUpdate,
  },
  { method: 'POST', path: '/api/users/update', name: 'users/update', limit: limits.update, handle: update },
];
