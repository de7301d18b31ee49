import { isEmpEnabled, subscribe, type Message } from 'lightning/empApi';
import getHealth from '@salesforce/apex/PlumblineHealthController.getHealth';
import { click, find, findAll, settle, show, textOf } from 'plumbline/testing';
import type { Counts, Health, RunRow } from 'plumbline/health';
import PlumblineHealth from '../plumblineHealth';

const counts: Counts = {
  read: 10,
  created: 10,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  held: 0,
  failed: 0,
  balanced: true,
};
const good = { state: 'good', sentence: 'Good.' } as const;
const connection = {
  id: 'a00',
  name: 'iterable',
  systemName: 'Iterable',
  paused: false,
  connected: good,
  mapped: good,
  reconciled: good,
  syncs: [],
  counts,
};
const run: RunRow = {
  id: 'a03',
  runId: 'run-1',
  syncName: 'leads',
  kind: 'Backfill',
  state: 'Running',
  startedAt: '2026-05-04T12:00:00Z',
  expected: 100,
  counts,
};
const health: Health = {
  worker: { known: true, alive: true, lastBeat: '2026-05-04T12:00:00Z', backlog: 0, listening: true },
  connections: [connection, { ...connection, id: 'a09', name: 'pendo' }],
  recentRuns: [],
  trend: [],
  causes: [],
  api: { used: 1, max: 100, reserve: 20 },
  storage: { usedMb: 1, maxMb: 5, ownMb: 1, forecastMb: 1 },
  version: { id: 'a05', name: 'V-1', activatedAt: '2026-05-04T12:00:00Z', activatedBy: 'Ada', hash: 'h' },
  alarms: [],
  rights: { canAsk: true, canOperate: true, canAdminister: true, canActivate: true },
};

describe('c-plumbline-health', () => {
  beforeEach(() => {
    jest.mocked(isEmpEnabled).mockResolvedValue(false);
    jest.mocked(getHealth).mockResolvedValue(health);
  });

  it('shows the worker, each connection, the causes, the runs and the calls', async () => {
    const element = await show(PlumblineHealth);
    expect(findAll(element, 'c-plumbline-connection')).toMatchObject([
      { connection: { name: 'iterable' }, canOperate: true },
      { connection: { name: 'pendo' } },
    ]);
    for (const part of ['worker', 'causes', 'trend', 'runs', 'check-record', 'backlog', 'api-use'])
      expect(findAll(element, `c-plumbline-${part}`)).toHaveLength(1);
    expect(textOf(element, '[data-id=version]')).toMatch(/^V-1 runs, activated .* by Ada\.$/);
    expect(findAll(element, '[data-id=alarm]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('shows alarms, and says that nothing is activated or connected yet', async () => {
    const alarms = ['The worker stopped.'];
    jest.mocked(getHealth).mockResolvedValue({ ...health, version: null, connections: [], alarms });
    const element = await show(PlumblineHealth);
    expect(find(element, '[data-id=alarm]')).toMatchObject({ variant: 'error', message: 'The worker stopped.' });
    expect(textOf(element, '[data-id=version]')).toMatch(/^No configuration is activated/);
    expect(findAll(element, 'c-plumbline-state')).toMatchObject([{ empty: false }, { empty: true }]);
    await expect(element).toBeAccessible();
  });

  it('loads, and tells a fault or a missing right in its place', async () => {
    jest.mocked(getHealth).mockRejectedValueOnce({ body: { message: 'It broke.' } });
    const element = await show(PlumblineHealth);
    expect(find(element, 'c-plumbline-state')).toMatchObject({ loading: true, problem: { sentence: 'It broke.' } });
    find(element, 'c-plumbline-state').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, 'c-plumbline-connection')).toHaveLength(2);
    jest.mocked(getHealth).mockRejectedValueOnce({ status: 403 });
    await click(element, '[data-id=refresh]');
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { denied: true } });
    await expect(element).toBeAccessible();
  });

  it('keeps what it showed when a later look fails, and says so', async () => {
    const element = await show(PlumblineHealth);
    jest.mocked(getHealth).mockRejectedValueOnce(new Error('It broke.'));
    await click(element, '[data-id=refresh]');
    expect(find(element, '[data-id=older]')).toMatchObject({ message: 'It broke.' });
    expect(findAll(element, 'c-plumbline-connection')).toHaveLength(2);
  });

  it('looks again by itself, more often while something runs, and rests in the end', async () => {
    jest.useFakeTimers();
    jest.mocked(getHealth).mockResolvedValue({ ...health, recentRuns: [run] });
    const element = await show(PlumblineHealth);
    await jest.advanceTimersByTimeAsync(9_500);
    expect(getHealth).toHaveBeenCalledTimes(4);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(getHealth).toHaveBeenCalledTimes(241);
    expect(findAll(element, '[data-id=resting]')).toHaveLength(1);
    await click(element, '[data-id=refresh]');
    expect(findAll(element, '[data-id=resting]')).toEqual([]);
    element.remove();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(getHealth).toHaveBeenCalledTimes(242);
  });

  it('moves the bar with the progress events, where there are any', async () => {
    jest.mocked(isEmpEnabled).mockResolvedValue(true);
    jest.mocked(getHealth).mockResolvedValue({ ...health, recentRuns: [run] });
    const element = await show(PlumblineHealth);
    expect(jest.mocked(subscribe).mock.calls[0]?.slice(0, 2)).toEqual(['/event/Plumbline_Progress__e', -1]);
    const receive = jest.mocked(subscribe).mock.calls[0]?.[2] as (message: Message) => void;
    const payload = { Run_Id__c: 'run-1', Read__c: 60, Created__c: 50, Failed__c: 10, Expected__c: 100 };
    receive({ data: { payload } });
    await settle();
    expect(find(element, 'c-plumbline-runs')).toMatchObject({
      runs: [{ expected: 100, counts: { read: 60, created: 50, failed: 10, balanced: true } }],
    });
    receive({ data: { payload: { ...payload, Read__c: 40 } } });
    await settle();
    expect(find(element, 'c-plumbline-runs')).toMatchObject({ runs: [{ counts: { read: 60 } }] });
  });

  it('offers to pause everything to who may', async () => {
    const element = await show(PlumblineHealth);
    expect(find(element, '[data-id=pause-all]')).toMatchObject({ targets: ['a00', 'a09'], paused: false });
    jest.mocked(getHealth).mockResolvedValue({ ...health, rights: { ...health.rights, canOperate: false } });
    await click(element, '[data-id=refresh]');
    expect(findAll(element, '[data-id=pause-all]')).toEqual([]);
  });
});
