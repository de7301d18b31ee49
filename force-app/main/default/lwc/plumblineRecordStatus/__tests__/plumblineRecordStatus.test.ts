import getStatus from '@salesforce/apex/PlumblineRecordController.getStatus';
import { find, findAll, settle, show } from 'plumbline/testing';
import type { RecordStatus } from 'plumbline/records';
import PlumblineRecordStatus from '../plumblineRecordStatus';

const recordId = '00Q000000000001AAA';
const sync = { syncId: 'a01', syncName: 'leads', systemName: 'Iterable', paused: false, excluded: false, issues: [] };
const status: RecordStatus = {
  objectName: 'Lead',
  syncs: [sync, { ...sync, syncId: 'a02', syncName: 'visitors', systemName: 'Pendo' }],
  canAsk: true,
  canSyncNow: true,
  canExclude: false,
  workerAlive: true,
};

describe('c-plumbline-record-status', () => {
  it('loads, then shows each sync of the record', async () => {
    let answer: (value: RecordStatus) => void = () => undefined;
    jest.mocked(getStatus).mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const element = await show(PlumblineRecordStatus, { recordId });
    expect(getStatus).toHaveBeenCalledWith({ recordId });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ loading: true });
    await expect(element).toBeAccessible();
    answer(status);
    await settle();
    expect(find(element, 'c-plumbline-state')).toMatchObject({ loading: false });
    expect(findAll(element, 'c-plumbline-record-sync')).toMatchObject([
      { sync: { syncName: 'leads' }, canAsk: true, canSyncNow: true, canExclude: false, recordId },
      { sync: { syncName: 'visitors' } },
    ]);
    expect(findAll(element, '[data-id=no-worker]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('shows only the systems that the page names', async () => {
    jest.mocked(getStatus).mockResolvedValue(status);
    const element = await show(PlumblineRecordStatus, { connections: ' pendo, other', recordId });
    expect(findAll(element, 'c-plumbline-record-sync')).toMatchObject([{ sync: { systemName: 'Pendo' } }]);
  });

  it('says that nothing takes in the record, and that no worker runs', async () => {
    jest.mocked(getStatus).mockResolvedValueOnce({ ...status, syncs: [] });
    const empty = await show(PlumblineRecordStatus, { recordId });
    expect(find(empty, 'c-plumbline-state')).toMatchObject({ empty: true });
    jest.mocked(getStatus).mockResolvedValueOnce({ ...status, workerAlive: false });
    const alone = await show(PlumblineRecordStatus, { recordId });
    expect(find(alone, '[data-id=no-worker]')).toMatchObject({ variant: 'warning' });
    await expect(alone).toBeAccessible();
  });

  it('tells a fault and a missing right, and tries again', async () => {
    jest
      .mocked(getStatus)
      .mockRejectedValueOnce({ body: { message: 'It broke.' } })
      .mockResolvedValueOnce(status);
    const element = await show(PlumblineRecordStatus, { recordId });
    const state = find(element, 'c-plumbline-state');
    expect(state).toMatchObject({ problem: { sentence: 'It broke.', denied: false } });
    state.dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, 'c-plumbline-record-sync')).toHaveLength(2);
  });

  it('reads again after a change, and for another record', async () => {
    jest.mocked(getStatus).mockResolvedValue(status);
    const element = await show(PlumblineRecordStatus, { recordId });
    find(element, 'c-plumbline-record-sync').dispatchEvent(new CustomEvent('changed'));
    element.recordId = '00Q000000000002AAA';
    await settle();
    expect(jest.mocked(getStatus).mock.calls.map(([request]) => request.recordId)).toEqual([
      recordId,
      recordId,
      '00Q000000000002AAA',
    ]);
  });
});
