import { manualClock, type ManualClock } from '../clock.ts';
import { createLocalPendo, type LocalPendo, type LocalPendoOptions } from './index.ts';

export interface Reply {
  readonly status: number;
  /** JSON where it is some, else the text; undefined: nothing. */
  readonly body: unknown;
}

export interface TestClient {
  readonly pendo: LocalPendo;
  readonly clock: ManualClock;
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** `POST /metadata/account/custom/value`. */
  write(records: unknown, query?: string): Promise<Reply>;
}

/** A local Pendo on a clock of its own, with accounts `a1`, `a2` and custom fields of each type, and a client of it. */
export function testClient(options: Partial<LocalPendoOptions> = {}): TestClient {
  const clock = manualClock(Date.UTC(2026, 10, 21, 15));
  const keys = { 'key-1234': { write: true }, 'reader-5678': { write: false } };
  const pendo = createLocalPendo({ keys, clock, ...options });
  for (const type of ['string', 'integer', 'float', 'boolean', 'time', 'date', 'list'] as const) {
    pendo.control.putField({ kind: 'account', group: 'custom', name: `a_${type}`, type });
  }
  for (const id of ['a1', 'a2']) pendo.control.putAccount(id, {});
  const ask: TestClient['ask'] = async (method, path, body, headers = {}) => {
    const url = path.startsWith('https:') ? path : `http://127.0.0.1${path}`;
    const response = await pendo.fetch(
      new Request(url, {
        method,
        headers: { 'x-pendo-integration-key': 'key-1234', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const json = response.headers.get('content-type') === 'application/json';
    return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text === '' ? undefined : text };
  };
  return {
    pendo,
    clock,
    ask,
    get: (path) => ask('GET', path),
    write: (records, query = '') => ask('POST', `/api/v1/metadata/account/custom/value${query}`, records),
  };
}
