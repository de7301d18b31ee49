import type { Target, TargetRecord, Transport } from '../../engine/index.ts';
import { createTestWorld, type TestWorld } from '../kit/testing/index.ts';
import { iterable } from './index.ts';

export const testKey = 'iterable-secret-key';

/** A connected Iterable target, for tests. */
export function testTarget(
  transport: Transport,
  settings: object = {},
): { readonly target: Target; readonly world: TestWorld } {
  const world = createTestWorld(transport, testKey);
  const { target } = iterable.connect({ name: 'main', system: 'iterable', settings: { ...settings } }, world);
  if (!target) throw new Error('Iterable connected without a target');
  return { target, world };
}

export function user(email: string, dataFields: object = {}): TargetRecord {
  return { key: email, action: 'upsert', json: JSON.stringify({ email, dataFields }) };
}

interface SentUser {
  readonly email?: string;
  readonly userId?: string;
  readonly dataFields?: Record<string, unknown>;
}

/** The users of a bulk update's body. */
export function usersOf(body: string): SentUser[] {
  return (JSON.parse(body) as { users: SentUser[] }).users;
}

export function bulkResult(body: string, failedUpdates: Readonly<Record<string, readonly string[]>> = {}): Response {
  const failCount = Object.values(failedUpdates).reduce((sum, keys) => sum + keys.length, 0);
  return Response.json({ successCount: usersOf(body).length - failCount, failCount, failedUpdates });
}

export function refused(status: number, code: string, more: object = {}): Response {
  return Response.json({ msg: 'no', code, params: null, ...more }, { status });
}
