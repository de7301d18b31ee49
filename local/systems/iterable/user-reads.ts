import type { Answer, Call } from '../kit/index.ts';
import { failure } from './answer.ts';
import { limits, type CallDefinition } from './calls.ts';
import type { Project } from './project.ts';
import type { User } from './users.ts';

/** `yyyy-MM-dd HH:mm:ss +00:00`, as Iterable prints times. */
export function printSeconds(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +00:00`;
}

function profile(project: Project, user: User): Record<string, unknown> {
  const created = printSeconds(user.createdAt);
  const updated = printSeconds(user.updatedAt);
  const { dataFields } = user;
  return {
    ...(user.email === undefined ? {} : { email: user.email }),
    ...(user.userId === undefined ? {} : { userId: user.userId }),
    dataFields: {
      ...dataFields,
      ...(user.email === undefined ? {} : { email: user.email }),
      ...(user.userId === undefined ? {} : { userId: user.userId }),
      signupDate: dataFields['signupDate'] ?? created,
      signupSource: dataFields['signupSource'] ?? 'API',
      profileUpdatedAt: updated,
      emailListIds: project.lists.of(user),
      ...user.subscriptions,
      itblInternal: {
        documentCreatedAt: created,
        documentUpdatedAt: updated,
        ...(user.email === undefined ? {} : { emailDomain: user.email.slice(user.email.lastIndexOf('@') + 1) }),
      },
    },
  };
}

/** An unknown user is a 200 with `{}`. */
function answerUser(project: Project, user: User | undefined): Answer {
  return { status: 200, body: user === undefined ? {} : { user: profile(project, user) } };
}

function byEmail(project: Project, email: string | null | undefined): Answer {
  if (email === null || email === undefined || email === '') return failure(400, 'BadParams', 'email is required');
  return answerUser(project, project.users.byEmail(email));
}

function byUserId(project: Project, userId: string | null | undefined): Answer {
  if (userId === null || userId === undefined || userId === '') return failure(400, 'BadParams', 'userId is required');
  return answerUser(project, project.users.byUserId(userId));
}

function read(path: string, name: string, handle: (call: Call, project: Project) => Answer): CallDefinition {
  return { method: 'GET', path, name, limit: limits.read, handle };
}

const channels = [{ id: 1, name: 'Marketing', channelType: 'Marketing', messageMedium: 'Email' }];

export const userReads: readonly CallDefinition[] = [
  read('/api/channels', 'channels', () => ({ status: 200, body: { channels } })),
  read('/api/users/getFields', 'users/getFields', (_, project) => ({
    status: 200,
    body: { fields: project.types.list() },
  })),
  read('/api/users/getByEmail', 'users/get', ({ query }, project) => byEmail(project, query.get('email'))),
  read('/api/users/byUserId', 'users/get', ({ query }, project) => byUserId(project, query.get('userId'))),
  read('/api/users/byUserId/:userId', 'users/get', ({ parameters }, project) =>
    byUserId(project, parameters['userId']),
  ),
  read('/api/users/forgotten', 'users/forgotten', (_, project) => ({
    status: 200,
    body: { hashedEmails: project.users.forgottenHashes('email') },
  })),
  read('/api/users/forgottenUserIds', 'users/forgotten', (_, project) => ({
    status: 200,
    body: { hashedUserIds: project.users.forgottenHashes('userId') },
  })),
  read('/api/users/:email', 'users/get', ({ parameters }, project) => byEmail(project, parameters['email'])),
];
