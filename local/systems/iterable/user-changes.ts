import type { Answer, Call } from '../kit/index.ts';
import { failure, success } from './answer.ts';
import { Body } from './body.ts';
import { limits, type CallDefinition } from './calls.ts';
import type { Fields } from './field-types.ts';
import { isEmail } from './identity.ts';
import { same } from './merge.ts';
import type { Project } from './project.ts';
import type { User } from './users.ts';

function find(project: Project, email: string | undefined, userId: string | undefined): User | undefined {
  if (email !== undefined) return project.users.byEmail(email);
  return userId === undefined ? undefined : project.users.byUserId(userId);
}

function unknown(email: string | undefined, userId: string | undefined): Answer {
  return failure(400, 'BadParams', `User does not exist. Email: ${email ?? ''} UserId: ${userId ?? ''}`);
}

function remove(project: Project, user: User): void {
  project.users.remove(user);
  project.lists.leave(user);
}

function deleteUser({ parameters }: Call, project: Project): Answer {
  const user = find(project, parameters['email'], parameters['userId']);
  if (user === undefined) return unknown(parameters['email'], parameters['userId']);
  remove(project, user);
  return success();
}

function updateEmail(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const email = body.string(body.fields, 'currentEmail', 'obj');
  const userId = body.string(body.fields, 'currentUserId', 'obj');
  const next = body.string(body.fields, 'newEmail', 'obj');
  if (next === undefined) body.wrong('obj.newEmail', 'Field is required');
  body.end();
  if (next === undefined || !isEmail(next)) return failure(400, 'InvalidEmailAddressError', `Invalid email: ${next}`);
  const user = find(project, email, userId);
  if (user === undefined) return unknown(email, userId);
  if (project.users.isForgottenEmail(next))
    return failure(400, 'ForgottenUserError', `User is forgotten, email: ${next}`);
  const owner = project.users.byEmail(next);
  if (owner !== undefined && owner !== user) return failure(400, 'EmailAlreadyExists', `Email already exists: ${next}`);
  project.users.setEmail(user, next);
  user.updatedAt = project.seconds();
  return success();
}

/** Joins two arrays without doubles: by the value, or by one field of its objects. */
function joinArrays(into: readonly unknown[], from: readonly unknown[], by: string | undefined): readonly unknown[] {
  const key = (item: unknown): unknown => (by === undefined ? item : (item as Fields | null)?.[by]);
  return [...into, ...from.filter((item) => !into.some((known) => same(key(known), key(item))))];
}

function merge(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const text = (name: string): string | undefined => body.string(body.fields, name, 'obj');
  const source = find(project, text('sourceEmail'), text('sourceUserId'));
  const destination = find(project, text('destinationEmail'), text('destinationUserId'));
  const arrays = body.fields['arrayMerge'] === undefined ? [] : body.objects(body.fields, 'arrayMerge', 'obj');
  body.end();
  if (source === undefined) return unknown(text('sourceEmail'), text('sourceUserId'));
  if (destination === undefined) return unknown(text('destinationEmail'), text('destinationUserId'));
  if (source === destination) return failure(400, 'BadParams', 'Source and destination are the same user');
  // What the destination has wins; the source fills what is missing there.
  const fields: Fields = { ...source.dataFields, ...destination.dataFields };
  for (const each of arrays) {
    const name = String(each['field']);
    const [into, from] = [destination.dataFields[name], source.dataFields[name]];
    const by = typeof each['dedupeBy'] === 'string' ? each['dedupeBy'] : undefined;
    if (Array.isArray(into) && Array.isArray(from)) fields[name] = joinArrays(into, from, by);
  }
  project.users.setFields(destination, fields);
  destination.updatedAt = project.seconds();
  for (const list of project.lists.all()) if (list.members.has(source)) list.members.add(destination);
  remove(project, source);
  return success();
}

function forgetting(call: Call, project: Project, forget: boolean): Answer {
  const body = new Body(call.path, call.text);
  const email = body.string(body.fields, 'email', 'obj');
  const userId = body.string(body.fields, 'userId', 'obj');
  if (email === undefined && userId === undefined) body.wrong('obj.email', 'email or userId is required');
  body.end();
  if (!forget) project.users.unforget(email, userId);
  else {
    const user = find(project, email, userId);
    if (user !== undefined) project.lists.leave(user);
    project.users.forget(email, userId);
  }
  return success();
}

function post(action: string, handle: (call: Call, project: Project) => Answer): CallDefinition {
  return { method: 'POST', path: `/api/users/${action}`, name: `users/${action}`, limit: limits.other, handle };
}

const deletion = { method: 'DELETE', name: 'users/delete', limit: limits.delete, handle: deleteUser } as const;

export const userChanges: readonly CallDefinition[] = [
  { ...deletion, path: '/api/users/byUserId/:userId' },
  { ...deletion, path: '/api/users/:email' },
  post('updateEmail', updateEmail),
  post('merge', merge),
  post('forget', (call, project) => forgetting(call, project, true)),
  post('unforget', (call, project) => forgetting(call, project, false)),
];
