import { Refusal, type Answer, type Call } from '../kit/index.ts';
import { failure, success } from './answer.ts';
import { Body } from './body.ts';
import { limits, type CallDefinition } from './calls.ts';
import type { UserList } from './lists.ts';
import type { Project } from './project.ts';
import { bulkAnswer, createsNewFields, readUserWrites } from './user-writes.ts';
import { writeUsers } from './write.ts';

function listOf(project: Project, id: number | undefined): UserList {
  const list = id === undefined ? undefined : project.lists.get(id);
  if (list === undefined)
    throw new Refusal(failure(400, 'BadParams', 'error.lists.invalidListId', { listId: id ?? null }));
  return list;
}

function all(_: Call, project: Project): Answer {
  const lists = [...project.lists.all()].map(({ id, name, description, createdAt }) => ({
    id,
    name,
    description,
    createdAt,
    listType: 'Standard',
  }));
  return { status: 200, body: { lists } };
}

function create(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const name = body.string(body.fields, 'name', 'obj');
  const description = body.string(body.fields, 'description', 'obj');
  if (name === undefined) body.wrong('obj.name', 'Field is required');
  body.end();
  return { status: 200, body: { listId: project.lists.create(name ?? '', description ?? '').id } };
}

function remove({ parameters }: Call, project: Project): Answer {
  const { id } = listOf(project, Number(parameters['id']));
  project.lists.delete(id);
  return success(`List ${id} in Project ${project.number} was successfully deleted.`);
}

function subscribe(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const listId = body.number(body.fields, 'listId', 'obj');
  const writes = readUserWrites(body, 'subscribers', call.path);
  const updateOnly = body.boolean(body.fields, 'updateExistingUsersOnly', 'obj');
  const createNewFields = createsNewFields(body);
  body.end();
  const list = listOf(project, listId);
  const batch = writeUsers(project, writes, { createNewFields, updateOnly });
  for (const result of batch.results) if (result.kind === 'written') list.members.add(result.user);
  return bulkAnswer(writes, batch);
}

function unsubscribe(call: Call, project: Project): Answer {
  const body = new Body(call.path, call.text);
  const listId = body.number(body.fields, 'listId', 'obj');
  const writes = readUserWrites(body, 'subscribers', call.path);
  body.end();
  const list = listOf(project, listId);
  // An empty write with `updateOnly` finds the users and changes none.
  const empty = writes.map((write) => ({ ...write, dataFields: {} }));
  const batch = writeUsers(project, empty, { createNewFields: false, updateOnly: true });
  for (const result of batch.results) if (result.kind === 'written') list.members.delete(result.user);
  return bulkAnswer(writes, {
    ...batch,
    results: batch.results.map((each) => (each.kind === 'failed' ? each : { ...each, changed: true })),
  });
}

function users({ query }: Call, project: Project): Answer {
  const names: string[] = [];
  for (const user of listOf(project, Number(query.get('listId'))).members) names.push(user.email ?? user.userId ?? '');
  return { status: 200, type: 'text/plain', body: names.map((name) => `${name}\n`).join('') };
}

function size({ parameters }: Call, project: Project): Answer {
  return { status: 200, type: 'text/plain', body: String(listOf(project, Number(parameters['id'])).members.size) };
}

export const listCalls: readonly CallDefinition[] = [
  { method: 'GET', path: '/api/lists', name: 'lists', limit: limits.other, handle: all },
  { method: 'POST', path: '/api/lists', name: 'lists', limit: limits.other, handle: create },
  { method: 'GET', path: '/api/lists/getUsers', name: 'lists/getUsers', limit: limits.listRead, handle: users },
  { method: 'GET', path: '/api/lists/:id/size', name: 'lists/size', limit: limits.listRead, handle: size },
  { method: 'DELETE', path: '/api/lists/:id', name: 'lists', limit: limits.other, handle: remove },
  { method: 'POST', path: '/api/lists/subscribe', name: 'lists/subscribe', limit: limits.listWrite, handle: subscribe },
  {
    method: 'POST',
    path: '/api/lists/unsubscribe',
    name: 'lists/unsubscribe',
    limit: limits.listWrite,
    handle: unsubscribe,
  },
];
