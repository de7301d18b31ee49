import { createLocalOrg } from './local-org.ts';
import type { LocalOrg, LocalOrgOptions } from './local-org.ts';
import { manualClock } from '../core/index.ts';
import type { ManualClock } from '../core/index.ts';

/** An org on a clock that stands still, and one caller of it: the administrator. For tests. */
export interface TestOrg {
  readonly org: LocalOrg;
  readonly clock: ManualClock;
  /** Calls `/services/data/v66.0` + path. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The same, with the JSON of the answer. */
  json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  /** Calls a path of the `/local` doors. */
  control(method: string, path: string, body?: unknown): Promise<Response>;
}

export function testOrg(options: Omit<LocalOrgOptions, 'clock'> = {}): TestOrg {
  const clock = manualClock(Date.UTC(2026, 10, 21, 9));
  const org = createLocalOrg({ seed: 7, ...options, clock });
  const token = org.issueToken(org.core.adminUserId);
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return org.fetch(
      new Request(`http://org.local${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) }),
    );
  };
  const call: TestOrg['call'] = (method, path, body, headers = {}) =>
    send(method, `/services/data/v66.0${path}`, body, {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    });
  return {
    org,
    clock,
    call,
    json: async <T>(...args: Parameters<TestOrg['call']>) => (await (await call(...args)).json()) as T,
    control: (method, path, body) => send(method, path, body, {}),
  };
}
