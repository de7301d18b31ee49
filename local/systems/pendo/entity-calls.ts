import type { Answer, Call } from '../kit/index.ts';
import { refused } from './answer.ts';
import { perSecond, type CallDefinition } from './calls.ts';
import type { Visitor } from './entities.ts';
import type { Kind } from './fields.ts';
import type { Subscription } from './subscription.ts';
import { dayOf, startOf } from './usage.ts';

function read(kind: Kind, { parameters, headers }: Call, subscription: Subscription): Answer {
  const text = parameters['id'] ?? '';
  const id = headers.get('x-pendo-base64-encoded-params') === 'true' ? Buffer.from(text, 'base64').toString() : text;
  const entity = subscription.entity(kind, id);
  if (entity === undefined) return refused(404, `There is no ${kind} "${id}"`);
  const metadata = subscription.metadata(kind, entity);
  if (kind === 'account') return { status: 200, body: { id, metadata } };
  const { accountIds, usage } = entity as Visitor;
  const last = usage.last(dayOf(subscription.now()));
  return { status: 200, body: { id, accountIds, lastStartTime: last === undefined ? 0 : startOf(last), metadata } };
}

function call(path: string, name: string, handle: CallDefinition['handle']): CallDefinition {
  return { method: 'GET', path, name, limit: perSecond, handle };
}

export const entityCalls: readonly CallDefinition[] = [
  // Whoever gets this far has a key that counts.
  call('/api/v1/token/verify', 'token/verify', ({ headers }, { keys }) => {
    const key = keys.get(headers.get('x-pendo-integration-key') ?? '');
    return { status: 200, body: { valid: true, writeAccess: key?.write ?? false } };
  }),
  call('/api/v1/visitor/:id', 'visitor', (request, subscription) => read('visitor', request, subscription)),
  call('/api/v1/account/:id', 'account', (request, subscription) => read('account', request, subscription)),
  call('/api/v1/segment', 'segment', (_, { segments }) => ({
    status: 200,
    body: [...segments.values()].map(({ id, name }) => ({ id, name, kind: 'Segment' })),
  })),
];
