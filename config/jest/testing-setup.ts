import type { FieldInfo, ObjectInfo, Setup, SyncDraft } from 'plumbline/setup';

/** A draft as the assistant begins it, with what a test says otherwise. */
export function newDraft(given: Partial<SyncDraft>): SyncDraft {
  return {
    name: 'leads',
    connectionId: 'a00',
    connectionName: 'iterable',
    salesforceObject: 'Lead',
    systemObject: 'user',
    direction: 'salesforceToSystem',
    paused: true,
    keySource: 'Email',
    keyTarget: 'email',
    include: 'all',
    precedence: 0,
    createRecords: true,
    updateRecords: true,
    onDelete: 'ignore',
    pollSeconds: 60,
    mappings: [],
    ...given,
  };
}

export function setupOf(given: Partial<Setup>): Setup {
  return {
    connections: [{ id: 'a00', name: 'iterable', systemName: 'iterable', paused: false }],
    syncs: [],
    workerAlive: true,
    orgId: '00D000000000001AAA',
    sandbox: true,
    userName: 'Ada',
    rights: { canAsk: true, canOperate: true, canAdminister: true, canActivate: true },
    ...given,
  };
}

export function fieldOf(given: Partial<FieldInfo>): FieldInfo {
  return {
    name: 'Email',
    label: 'Email',
    type: 'EMAIL',
    readable: true,
    updateable: true,
    createable: true,
    custom: false,
    unique: false,
    externalId: false,
    ...given,
  };
}

export function leadOf(...fields: readonly FieldInfo[]): ObjectInfo {
  return { name: 'Lead', label: 'Lead', personAccounts: false, fields };
}
