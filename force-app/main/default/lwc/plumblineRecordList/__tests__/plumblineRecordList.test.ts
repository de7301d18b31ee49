import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, show, textOf } from 'plumbline/testing';
import PlumblineRecordList from '../plumblineRecordList';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const record = (source: string): object => ({
  source,
  outcome: 'skipped',
  run: 'run-1',
  settledAt: 0,
  sentence: 'No email.',
});
const list = { syncName: 'leads', runId: 'run-1', outcome: 'skipped', reasonCode: 'no-key', fromSalesforce: true };

describe('c-plumbline-record-list', () => {
  it('asks the worker for the records, and goes on behind the last one', async () => {
    jest
      .mocked(askWorker)
      .mockResolvedValueOnce({ body: { records: [record('00Q1'), record('00Q2')], more: true }, hidden: [] })
      .mockResolvedValueOnce({ body: { records: [record('00Q3')], more: false }, hidden: [] });
    const element = await show(PlumblineRecordList, list);
    const details = { outcome: 'skipped', run: 'run-1', reason: 'no-key' };
    expect(askWorker).toHaveBeenCalledWith({ kind: 'records', target: 'leads', details });
    expect(findAll(element, 'c-plumbline-record-link')).toMatchObject([{ recordId: '00Q1' }, { recordId: '00Q2' }]);
    await expect(element).toBeAccessible();
    await click(element, '[data-id=more]');
    expect(askWorker).toHaveBeenLastCalledWith({
      kind: 'records',
      target: 'leads',
      details: { ...details, after: '00Q2' },
    });
    expect(findAll(element, '[data-record]')).toHaveLength(3);
    expect(findAll(element, '[data-id=more]')).toEqual([]);
  });

  it('lets each record be explained where it stands', async () => {
    jest
      .mocked(askWorker)
      .mockResolvedValueOnce({ body: { records: [record('00Q1'), record('00Q2')], more: false }, hidden: [] });
    const element = await show(PlumblineRecordList, list);
    expect(findAll(element, '[data-record] c-plumbline-why')).toMatchObject([
      { target: 'leads/00Q1', canAsk: true },
      { target: 'leads/00Q2', canAsk: true },
    ]);
    await expect(element).toBeAccessible();
  });

  it('links nowhere for records of another system, and says when there are none', async () => {
    jest.mocked(askWorker).mockResolvedValueOnce({ body: { records: [record('u1')], more: false }, hidden: [] });
    const element = await show(PlumblineRecordList, { ...list, fromSalesforce: false });
    expect(textOf(element, '[data-record=u1] span')).toBe('u1');
    jest.mocked(askWorker).mockResolvedValueOnce({ body: { records: [], more: false }, hidden: [] });
    expect(find(await show(PlumblineRecordList, list), 'c-plumbline-state')).toMatchObject({ empty: true });
  });

  it('says that no worker answers', async () => {
    jest.mocked(askWorker).mockRejectedValue(new Error('No worker.'));
    expect(find(await show(PlumblineRecordList, list), 'c-plumbline-state')).toMatchObject({
      problem: { sentence: 'No worker.' },
    });
  });
});
