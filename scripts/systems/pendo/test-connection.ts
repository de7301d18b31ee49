import type { Ends, Source, SyncConfiguration, Target, TargetRecord, Transport } from '../../engine/index.ts';
import { createTestWorld, type TestWorld } from '../kit/testing/index.ts';
import { pendo } from './index.ts';

export const testKey = 'pendo-secret-key';

/** A connected Pendo, for tests. */
export function testConnection(
  transport: Transport,
  settings: object = {},
): { readonly ends: Ends; readonly target: Target; readonly source: Source; readonly world: TestWorld } {
  const world = createTestWorld(transport, testKey);
  const ends = pendo.connect({ name: 'main', system: 'pendo', settings: { ...settings } }, world);
  if (!ends.target || !ends.source) throw new Error('Pendo connected without a side');
  return { ends, target: ends.target, source: ends.source, world };
}

/** What a local system is started with. */
export interface LocalParts {
  readonly keys: Readonly<Record<string, { readonly write: boolean }>>;
  readonly clock: { now(): number; after(): () => void };
}

/** The same, with a local Pendo behind it, on its clock. */
export function localConnection<Local extends { fetch(request: Request): Promise<Response> }>(
  start: (parts: LocalParts) => Local,
): ReturnType<typeof testConnection> & { readonly local: Local } {
  const connected = testConnection((request) => local.fetch(request));
  const { clock } = connected.world;
  const local = start({
    keys: { [testKey]: { write: true } },
    clock: { now: () => clock.now(), after: () => () => undefined },
  });
  return { ...connected, local };
}

export function account(id: string, custom: object = {}): TargetRecord {
  return { key: id, action: 'upsert', json: JSON.stringify({ accountId: id, custom }) };
}

/** A sync of Pendo accounts, into Pendo unless it says otherwise. */
export function accountSync(change: Partial<SyncConfiguration> = {}): SyncConfiguration {
  return {
    name: 'accounts',
    connection: 'main',
    direction: 'salesforceToSystem',
    salesforceObject: 'Account',
    systemObject: 'account',
    key: { source: 'Id', target: 'accountId' },
    include: 'all',
    precedence: 0,
    rules: { create: false, update: true, delete: 'ignore' },
    schedule: { pollSeconds: 300 },
    mappings: [
      { source: 'Id', target: 'accountId', blank: 'keep' },
      { source: 'AnnualRevenue', target: 'custom.arr', blank: 'keep' },
    ],
    ...change,
  };
}
