import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, settle, show, textOf } from 'plumbline/testing';
import type { ConnectionHealth, Counts } from 'plumbline/health';
import PlumblineConnection from '../plumblineConnection';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const counts: Counts = {
  read: 1,
  created: 1,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  held: 0,
  failed: 0,
  balanced: true,
};
const sync = {
  id: 'a01',
  name: 'leads',
  salesforceObject: 'Lead',
  systemObject: 'user',
  direction: 'salesforceToSystem',
  paused: true,
  counts,
  openIssues: 12,
};
const connection: ConnectionHealth = {
  id: 'a00',
  name: 'iterable',
  systemName: 'Iterable',
  paused: false,
  connected: { state: 'good', sentence: 'Iterable answers.' },
  mapped: { state: 'bad', sentence: 'A field is gone.', nextStep: 'Map another one.' },
  reconciled: { state: 'unknown', sentence: 'Not compared yet.' },
  lastSync: new Date(Date.now() - 120_000).toISOString(),
  syncs: [sync, { ...sync, id: 'a02', name: 'scores', direction: 'systemToSalesforce', openIssues: 0, paused: false }],
  counts,
};

describe('c-plumbline-connection', () => {
  it('P-61: shows three checks, in words beside their colour, and the last sync', async () => {
    const element = await show(PlumblineConnection, { connection, canOperate: true });
    expect(findAll(element, '[data-check]').map((check) => check.textContent)).toEqual([
      'Connected: goodIterable answers.',
      'Mapped: badA field is gone.Map another one.',
      'Reconciled: not knownNot compared yet.',
    ]);
    expect(textOf(element, '[data-id=last-sync]')).toBe('Last sync: 2 minutes ago');
    await expect(element).toBeAccessible();
  });

  it('P-05: syncs every direction of the connection at once, and says what was begun', async () => {
    const runs = ['leads', 'scores'].map((name) => ({ run: name, sync: name, kind: 'manual', begun: true }));
    jest.mocked(askWorker).mockResolvedValueOnce({ body: { runs }, hidden: [] });
    const element = await show(PlumblineConnection, { connection, canOperate: true });
    const [toasts, changed] = [jest.fn(), jest.fn()];
    element.addEventListener('lightning__showtoast', (event) => {
      toasts((event as CustomEvent<unknown>).detail);
    });
    element.addEventListener('changed', changed);
    await click(element, '[data-id=sync-now]');
    expect(askWorker).toHaveBeenCalledWith({ kind: 'run', target: 'iterable' });
    expect(toasts).toHaveBeenLastCalledWith(expect.objectContaining({ variant: 'success' }));
    expect(changed).toHaveBeenCalledTimes(1);
    jest.mocked(askWorker).mockRejectedValueOnce(new Error('Every sync of iterable is paused.'));
    await click(element, '[data-id=sync-now]');
    await settle();
    const message = 'Every sync of iterable is paused.';
    expect(toasts).toHaveBeenLastCalledWith(expect.objectContaining({ variant: 'error', message }));
    expect(find(element, '[data-id=sync-now]')).toMatchObject({ label: 'Sync now: iterable' });
    const paused = await show(PlumblineConnection, { connection: { ...connection, paused: true }, canOperate: true });
    const viewer = await show(PlumblineConnection, { connection });
    expect([...findAll(paused, '[data-id=sync-now]'), ...findAll(viewer, '[data-id=sync-now]')]).toEqual([]);
  });

  it('P-62: shows of each sync which object goes into which, its open issues and its pause', async () => {
    const element = await show(PlumblineConnection, { connection, canOperate: true });
    expect(findAll(element, '[data-sync]').map((row) => row.textContent?.trim())).toEqual([
      'Lead → user',
      'user → Lead',
    ]);
    expect(findAll(element, 'lightning-badge')).toMatchObject([{ label: 'Open issues: 12' }]);
    expect(findAll(element, 'c-plumbline-pause')).toMatchObject([
      { targets: ['a00'], paused: false, allowed: true },
      { targets: ['a01'], paused: true, allowed: true },
      { targets: ['a02'], paused: false, allowed: true },
    ]);
  });

  it('tells the page when a pause was changed', async () => {
    const element = await show(PlumblineConnection, { connection, canOperate: true });
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    for (const pause of findAll(element, 'c-plumbline-pause')) pause.dispatchEvent(new CustomEvent('changed'));
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('offers no pause to who may not, and says that nothing has synced yet', async () => {
    const element = await show(PlumblineConnection, { connection: { ...connection, lastSync: null } });
    expect(findAll(element, 'c-plumbline-pause')).toMatchObject([
      { allowed: false },
      { allowed: false },
      { allowed: false },
    ]);
    expect(textOf(element, '[data-id=last-sync]')).toBe('Last sync: Never');
  });
});
