import { manualClock, type ManualClock } from '../clock.ts';
import { createLocalIterable, type LocalIterable, type LocalIterableOptions } from './index.ts';

export interface Reply {
  readonly status: number;
  // Replies differ by call; tests look into them.
  readonly body: Record<string, unknown>;
}

export interface TestClient {
  readonly iterable: LocalIterable;
  readonly clock: ManualClock;
  post(path: string, body: unknown, key?: string): Promise<Reply>;
  get(path: string): Promise<Reply>;
  delete(path: string): Promise<Reply>;
  users(): Record<string, unknown>[];
}

/** A local Iterable on a clock of its own, and a client of it, for tests. */
export function testClient(options: Partial<LocalIterableOptions> = {}): TestClient {
  const clock = manualClock(Date.UTC(2026, 10, 21));
  const iterable = createLocalIterable({ apiKeys: ['key-1234'], clock, ...options });
  const ask = async (method: string, path: string, body?: unknown, key = 'key-1234'): Promise<Reply> => {
    const response = await iterable.fetch(
      new Request(`http://127.0.0.1${path}`, {
        method,
        headers: key === '' ? {} : { 'api-key': key },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    iterable,
    clock,
    post: (path, body, key) => ask('POST', path, body, key),
    get: (path) => ask('GET', path),
    delete: (path) => ask('DELETE', path),
    users: () =>
      [...iterable.control.users()].map((user) => JSON.parse(JSON.stringify(user)) as Record<string, unknown>),
  };
}
