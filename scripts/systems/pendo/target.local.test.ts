import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createLocalPendo, type LocalPendoOptions } from '../../../local/systems/pendo/index.ts';
import type { Target, TargetRecord } from '../../engine/index.ts';
import { account, accountSync, localConnection, testKey } from './test-connection.ts';

const started = async (): Promise<void> => undefined;

function world(options: Partial<LocalPendoOptions> = {}, accounts = ['acc-1', 'acc-2', 'acc-3']) {
  const connected = localConnection((parts) => createLocalPendo({ ...parts, ...options }));
  const { control } = connected.local;
  const fields = {
    tier: 'string',
    arr: 'float',
    seats: 'integer',
    active: 'boolean',
    since: 'date',
    seen: 'time',
  } as const;
  for (const [name, type] of Object.entries(fields)) control.putField({ kind: 'account', group: 'custom', name, type });
  control.putField({ kind: 'account', group: 'salesforce', name: 'name', type: 'string' });
  control.putField({ kind: 'account', group: 'custom', name: 'crm_id', type: 'string' });
  for (const id of accounts) control.putAccount(id, {});
  return connected;
}

function held({ local }: Pick<ReturnType<typeof world>, 'local'>): Record<string, unknown> {
  return Object.fromEntries([...local.control.accounts()].map(({ id, metadata }) => [id, metadata]));
}

async function send(target: Target, records: readonly TargetRecord[]): Promise<readonly string[]> {
  const result = await target.send('account', records, 'bulk', started);
  assert.equal(result.kind, 'answered', JSON.stringify(result));
  if (result.kind !== 'answered') return [];
  return result.deliveries.map((each) => (each.kind === 'rejected' ? `${each.reason}: ${each.detail}` : each.kind));
}

test('P-24, P-33: mapped values arrive in their groups, and what Pendo does not know is skipped and never made, in the local Pendo', async () => {
  for (const emptyLists of ['empty', 'null', 'absent'] as const) {
    const here = world({ habits: { emptyLists } });
    const both = {
      ...account('acc-2'),
      json: '{"accountId":"acc-2","custom":{"arr":1.5},"salesforce":{"name":"Two"}}',
    };
    const deliveries = await send(here.target, [
      account('acc-1', { tier: 'gold', arr: 2 }),
      both,
      account('none', { arr: 3 }),
    ]);
    assert.deepEqual(deliveries, ['delivered', 'delivered', 'create-not-allowed: ']);
    assert.deepEqual(held(here), {
      'acc-1': { custom: { tier: 'gold', arr: 2 } },
      'acc-2': { custom: { arr: 1.5 }, salesforce: { name: 'Two' } },
      'acc-3': {},
    });
  }
});

test('P-34: a value of another type fails its record alone and names the field, before anything leaves', async () => {
  const here = world();
  const batch = [
    account('acc-1', { seats: 2.5 }),
    account('acc-2', { active: 'yes', since: 'soon' }),
    account('acc-3', {
      seats: 3,
      arr: 2,
      since: '2026-01-31',
      seen: '2026-01-31T10:00:00.000Z',
      tier: 'x',
      active: false,
    }),
  ];
  assert.deepEqual(await send(here.target, batch), [
    'rejected-type-mismatch: custom.seats takes a whole number',
    'rejected-type-mismatch: custom.active takes true or false, custom.since takes a date',
    'delivered',
  ]);
});

for (const errors of ['text', 'object'] as const) {
  test(`P-34: what Pendo itself refuses of a record is that record's, by field, told as ${errors}`, async () => {
    const here = world({ habits: { errors } });
    await here.target.describe('account');
    // Changed since the schema was read.
    here.local.control.putField({ kind: 'account', group: 'custom', name: 'seats', type: 'boolean' });
    const deliveries = await send(here.target, [
      account('acc-1', { seats: 2 }),
      account('acc-2', { arr: 2 }),
      account('no', { arr: 1 }),
    ]);
    assert.deepEqual(deliveries, ['rejected-type-mismatch: custom.seats', 'delivered', 'create-not-allowed: ']);
  });
}

test('P-34: a field that Pendo does not have is named, and nothing leaves until it is there', async () => {
  const here = world();
  const result = await here.target.send('account', [account('acc-1', { nope: 1 })], 'bulk', started);
  assert.ok(result.kind === 'refused');
  assert.match(result.error.message, /no field custom\.nope/);
  here.local.control.putField({ kind: 'account', group: 'custom', name: 'nope', type: 'integer' });
  assert.deepEqual(await send(here.target, [account('acc-1', { nope: 1 })]), ['delivered']);
});

test('a batch that takes Pendo longer than five minutes goes in halves', async () => {
  const here = world({ limits: { recordsPerCall: 3 } }, []);
  const ids = Array.from({ length: 20 }, (_none, number) => `acc-${number}`);
  for (const id of ids) here.local.control.putAccount(id, {});
  const deliveries = await send(
    here.target,
    ids.map((id, arr) => account(id, { arr })),
  );
  assert.deepEqual([...new Set(deliveries)], ['delivered']);
  assert.deepEqual(
    Object.values(held(here)),
    ids.map((_id, arr) => ({ custom: { arr } })),
  );
});

test('P-54, P-55: records are found by an ID, or by any field whose value is exactly the same', async () => {
  const { ends, ...here } = world();
  here.local.control.putAccount('acc-2', { metadata: { custom: { crm_id: '001A' } } });
  here.local.control.putAccount('acc-3', { metadata: { custom: { crm_id: '001a' } } });
  const target = ends.targetOf?.(
    accountSync({
      key: { source: 'Id', target: 'custom.crm_id' },
      mappings: [
        { source: 'Id', target: 'custom.crm_id', blank: 'keep' },
        { source: 'AnnualRevenue', target: 'custom.arr', blank: 'keep' },
      ],
    }),
    undefined,
  );
  assert.ok(target);
  const record = (key: string): TargetRecord => {
    return { key, action: 'upsert', json: JSON.stringify({ custom: { crm_id: key, arr: 7 } }) };
  };
  assert.deepEqual(await send(target, [record('001A'), record('001')]), ['delivered', 'create-not-allowed: ']);
  assert.deepEqual(held(here)['acc-2'], { custom: { crm_id: '001A', arr: 7 } });
  assert.deepEqual(held(here)['acc-3'], { custom: { crm_id: '001a' } }, 'capitals count');
  const many = Array.from({ length: 30 }, (_none, number) => `k${number}`);
  assert.deepEqual([...((await target.known?.('account', [...many, '001A', '001a'])) ?? [])], ['001A', '001a']);
  assert.deepEqual((await target.read('account', ['001A'])).get('001A'), {
    accountId: 'acc-2',
    custom: { crm_id: '001A', arr: 7 },
  });
});

test('P-58: of several accounts with the value of a key the one with the smaller ID is written', async () => {
  const { ends, ...here } = world({}, ['10', '9', '0100']);
  for (const id of ['10', '9', '0100']) here.local.control.putAccount(id, { metadata: { custom: { crm_id: 'same' } } });
  const key = { source: 'Id', target: 'custom.crm_id' };
  const target = ends.targetOf?.(accountSync({ key }), undefined);
  assert.ok(target);
  const json = JSON.stringify({ custom: { crm_id: 'same', arr: 7 } });
  await send(target, [{ key: 'same', action: 'upsert', json }]);
  assert.deepEqual(held(here)['9'], { custom: { crm_id: 'same', arr: 7 } });
  assert.deepEqual(held(here)['10'], { custom: { crm_id: 'same' } });
});

test('what is read is compared as it was sent: moments in words, names as the mapping has them', async () => {
  const { ends } = world();
  const mappings = ['custom.since', 'custom.Seen', 'custom.ARR'].map((target) => ({
    source: target,
    target,
    blank: 'keep' as const,
  }));
  const target = ends.targetOf?.(accountSync({ mappings }), undefined);
  assert.ok(target);
  const custom = { since: '2026-01-31', Seen: '2026-01-31T10:00:00.000Z', ARR: 3 };
  assert.deepEqual(await send(target, [account('acc-1', custom)]), ['delivered']);
  assert.deepEqual((await target.read('account', ['acc-1'])).get('acc-1'), { accountId: 'acc-1', custom });
});

test('IDs that no URL can carry are asked for all the same', async () => {
  const odd = 'Åse & söner/1?x';
  const { target } = world({}, [odd]);
  assert.deepEqual([...((await target.known?.('account', [odd, 'other'])) ?? [])], [odd]);
});

test('P-13, P-20: a key that is revoked, or may only read, is told at once, and nothing is written', async () => {
  const here = world();
  here.local.control.putKey(testKey, { write: false, revoked: false });
  await assert.rejects(here.target.check(), /may only read/);
  here.local.control.putKey(testKey, { write: true, revoked: true });
  await assert.rejects(here.target.check(), /does not accept the integration key of the connection "main"/);
  const result = await here.target.send('account', [account('acc-1', { arr: 1 })], 'bulk', started);
  assert.ok(result.kind === 'refused' && result.error.name === 'CredentialsError');
  assert.deepEqual(held(here)['acc-1'], {});
  assert.ok(!inspect(result, { depth: 9 }).includes(testKey));
});

test('P-26: fields that Pendo keeps for itself are described as such, and a wrong object is named', async () => {
  const { target } = world();
  const { fields, closed } = await target.describe('account');
  assert.equal(closed, true);
  assert.equal(fields.get('custom.arr')?.type, 'float');
  assert.equal(fields.get('custom.arr')?.writable, true);
  assert.equal(fields.get('auto.lastvisit')?.writable, false);
  await assert.rejects(target.describe('accounts'), /no object "accounts"/);
});

test('deleting in Pendo is refused, whatever the sync says', async () => {
  const { target } = world();
  const result = await target.send('account', [{ key: 'acc-1', action: 'delete', json: '' }], 'live', started);
  assert.ok(result.kind === 'refused' && /cannot be undone/.test(result.error.message));
});
