import type { Answer, Call } from '../kit/index.ts';
import { failure, success } from './answer.ts';
import { Body } from './body.ts';
import { limits, type CallDefinition } from './calls.ts';
import type { Fields } from './field-types.ts';
import { isEmail } from './identity.ts';
import type { Project } from './project.ts';
import { largestBatch } from './user-writes.ts';
import type { User } from './users.ts';

interface SubscriptionWrite {
  readonly email: string | undefined;
  readonly userId: string | undefined;
  readonly emailListIds: readonly number[] | undefined;
  readonly unsubscribedChannelIds: readonly number[] | undefined;
  readonly unsubscribedMessageTypeIds: readonly number[] | undefined;
}

function readWrite(body: Body, from: Fields, at: string): SubscriptionWrite {
  const email = body.string(from, 'email', at);
  const userId = body.string(from, 'userId', at);
  if (email === undefined && userId === undefined) body.wrong(`${at}.email`, 'email or userId is required');
  if (from['subscribedMessageTypeIds'] !== undefined) {
    body.wrong(`${at}.subscribedMessageTypeIds`, 'opt-in message types are not enabled for this project');
  }
  return {
    email,
    userId,
    emailListIds: body.numbers(from, 'emailListIds', at),
    unsubscribedChannelIds: body.numbers(from, 'unsubscribedChannelIds', at),
    unsubscribedMessageTypeIds: body.numbers(from, 'unsubscribedMessageTypeIds', at),
  };
}

/** Each array that is present replaces the stored one; never merged. */
function apply(project: Project, user: User, write: SubscriptionWrite): Answer | undefined {
  const { emailListIds, unsubscribedChannelIds, unsubscribedMessageTypeIds } = write;
  const wrong = emailListIds?.find((id) => project.lists.get(id) === undefined);
  if (wrong !== undefined) return failure(400, 'BadParams', 'error.lists.invalidListId', { listId: wrong });
  if (emailListIds !== undefined) {
    project.lists.leave(user);
    for (const id of emailListIds) project.lists.get(id)?.members.add(user);
  }
  user.subscriptions = {
    ...user.subscriptions,
    ...(unsubscribedChannelIds === undefined ? {} : { unsubscribedChannelIds }),
    ...(unsubscribedMessageTypeIds === undefined ? {} : { unsubscribedMessageTypeIds }),
  };
  user.updatedAt = project.seconds();
  return undefined;
}

function find(project: Project, { email, userId }: SubscriptionWrite): User | undefined {
  return email === undefined ? project.users.byUserId(userId ?? '') : project.users.byEmail(email);
}

function updateSubscriptions(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const write = readWrite(body, body.fields, 'obj');
  body.end();
  if (write.email !== undefined && !isEmail(write.email)) {
    return failure(400, 'InvalidEmailAddressError', `Invalid email: ${write.email}`);
  }
  const user = find(project, write);
  if (user === undefined) {
    return write.email === undefined
      ? failure(400, 'UnknownUserIdError', 'error.users.noUserWithIdExists')
      : failure(400, 'UnknownEmailError', 'error.users.noUserWithEmailExists');
  }
  return apply(project, user, write) ?? success();
}

function bulkUpdateSubscriptions(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const name = 'updateSubscriptionsRequests';
  const requests = body.objects(body.fields, name, 'obj');
  if (requests.length > largestBatch)
    return failure(400, 'BatchTooLarge', `Batch too large: at most ${largestBatch} users`);
  body.end();
  const writes = requests.map((each, index) => readWrite(body, each, `obj.${name}[${index}]`));
  body.end();
  const failed = {
    invalidEmails: [] as string[],
    invalidUserIds: [] as string[],
    validEmailFailures: [] as string[],
    validUserIdFailures: [] as string[],
  };
  let successCount = 0;
  for (const write of writes) {
    const user = find(project, write);
    if (user !== undefined && apply(project, user, write) === undefined) successCount++;
    else if (write.email === undefined) failed.validUserIdFailures.push(write.userId ?? '');
    else (isEmail(write.email) ? failed.validEmailFailures : failed.invalidEmails).push(write.email);
  }
  return { status: 200, body: { successCount, failCount: writes.length - successCount, ...failed } };
}

function post(action: string, handle: CallDefinition['handle']): CallDefinition {
  return { method: 'POST', path: `/api/users/${action}`, name: `users/${action}`, limit: limits.listWrite, handle };
}

export const subscriptionCalls: readonly CallDefinition[] = [
  post('updateSubscriptions', updateSubscriptions),
  post('bulkUpdateSubscriptions', bulkUpdateSubscriptions),
];
