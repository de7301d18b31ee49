import getRun from '@salesforce/apex/PlumblineRunController.getRun';
import { click, find, findAll, settle, show, textOf } from 'plumbline/testing';
import type { RunDetail } from 'plumbline/records';
import PlumblineRun from '../plumblineRun';

const counts = { read: 12, created: 5, updated: 0, unchanged: 0, skipped: 7, held: 0, failed: 0, balanced: true };
const detail: RunDetail = {
  row: {
    id: 'a03',
    runId: 'run-1',
    syncName: 'leads',
    kind: 'Backfill',
    state: 'Finished',
    startedAt: '2026-05-04T12:00:00Z',
    finishedAt: '2026-05-04T12:03:00Z',
    expected: 12,
    counts,
  },
  reasons: [{ code: 'no-key', sentence: 'No email.', nextStep: 'Fill it in.', outcome: 'skipped', records: 7 }],
  fromSalesforce: true,
  sourceCalls: 3,
  targetCalls: 1,
  reportCalls: 4,
};

describe('c-plumbline-run', () => {
  it('N-05: shows the counts, the calls, and each reason with what to do', async () => {
    jest.mocked(getRun).mockResolvedValue(detail);
    const element = await show(PlumblineRun, { recordId: 'a03' });
    expect(find(element, 'c-plumbline-counts')).toMatchObject({ counts });
    expect(textOf(element, '[data-id=times]')).toMatch(/took 3 minutes/);
    expect(textOf(element, '[data-id=calls]')).toMatch(/3 .*1 /);
    expect(textOf(element, '[data-id=org-calls]')).toBe('7 calls of the Salesforce API: 3 to read, 4 to show it here');
    expect(findAll(element, 'c-plumbline-reason')).toMatchObject([
      { outcome: 'skipped', sentence: 'No email.', nextStep: 'Fill it in.' },
      { outcome: 'created', nextStep: '' },
    ]);
    await expect(element).toBeAccessible();
  });

  it('opens the records of a reason and of an outcome, one at a time', async () => {
    jest.mocked(getRun).mockResolvedValue(detail);
    const element = await show(PlumblineRun, { recordId: 'a03' });
    await click(element, '[data-key="skipped/no-key"]');
    expect(find(element, 'c-plumbline-record-list')).toMatchObject({
      syncName: 'leads',
      runId: 'run-1',
      outcome: 'skipped',
      reasonCode: 'no-key',
      fromSalesforce: true,
    });
    jest.mocked(getRun).mockResolvedValue({ ...detail, fromSalesforce: false });
    const inwards = await show(PlumblineRun, { recordId: 'a04' });
    await click(inwards, '[data-key="skipped/no-key"]');
    expect(find(inwards, 'c-plumbline-record-list')).toMatchObject({ fromSalesforce: false });
    await click(element, '[data-key="created/"]');
    expect(findAll(element, 'c-plumbline-record-list')).toMatchObject([{ outcome: 'created', reasonCode: '' }]);
  });

  it('moves a live bar while it runs, and looks no more when it is finished', async () => {
    jest.useFakeTimers();
    const running: RunDetail = { ...detail, row: { ...detail.row, state: 'Running', finishedAt: null } };
    jest.mocked(getRun).mockResolvedValueOnce(running).mockResolvedValueOnce(running).mockResolvedValue(detail);
    const element = await show(PlumblineRun, { recordId: 'a03' });
    expect(find(element, 'c-plumbline-progress')).toMatchObject({ done: 12, expected: 12 });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(findAll(element, 'c-plumbline-progress')).toEqual([]);
    expect(getRun).toHaveBeenCalledTimes(3);
  });

  it('tells a fault and a missing right, and tries again', async () => {
    jest.mocked(getRun).mockRejectedValueOnce({ status: 403 }).mockResolvedValueOnce(detail);
    const element = await show(PlumblineRun, { recordId: 'a03' });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { denied: true } });
    find(element, 'c-plumbline-state').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, 'c-plumbline-counts')).toHaveLength(1);
  });
});
