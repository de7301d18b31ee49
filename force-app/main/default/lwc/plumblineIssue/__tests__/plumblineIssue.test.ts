import getIssue from '@salesforce/apex/PlumblineIssueController.getIssue';
import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, show, textOf } from 'plumbline/testing';
import type { IssueRow } from 'plumbline/records';
import PlumblineIssue from '../plumblineIssue';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const issue: IssueRow = {
  id: 'a02',
  recordId: '00Q000000000001AAA',
  recordName: 'Ada Lovelace',
  syncName: 'leads',
  status: 'Open',
  sentence: 'No email.',
  nextStep: 'Fill it in.',
  outcome: 'skipped',
  firstSeen: '2026-05-04T12:00:00Z',
  lastSeen: '2026-05-04T13:00:00Z',
};

describe('c-plumbline-issue', () => {
  it('shows the record, the reason and what to do', async () => {
    jest.mocked(getIssue).mockResolvedValue(issue);
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    expect(getIssue).toHaveBeenCalledWith({ issueId: 'a02' });
    expect(find(element, 'c-plumbline-reason')).toMatchObject({ sentence: 'No email.', nextStep: 'Fill it in.' });
    expect(find(element, 'c-plumbline-record-link')).toMatchObject({ label: 'Ada Lovelace' });
    expect(findAll(element, '[data-id=closed]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('asks the worker what it says now, and queues the record', async () => {
    jest.mocked(getIssue).mockResolvedValue(issue);
    const body = { sync: 'leads', source: issue.recordId, outcome: 'created', sentence: 'It would be created.' };
    jest.mocked(askWorker).mockResolvedValue({ body, hidden: [] });
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    await click(element, '[data-id=why]');
    expect(find(element, 'c-plumbline-explanation')).toMatchObject({ explanation: body });
    await click(element, '[data-id=retry]');
    const target = `leads/${issue.recordId ?? ''}`;
    expect(jest.mocked(askWorker).mock.calls).toEqual([[{ kind: 'explain', target }], [{ kind: 'retry', target }]]);
    await expect(element).toBeAccessible();
  });

  it('says why there is no answer', async () => {
    jest.mocked(getIssue).mockResolvedValue(issue);
    jest.mocked(askWorker).mockRejectedValue(new Error('No worker.'));
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    await click(element, '[data-id=why]');
    expect(find(element, '[data-id=answer]')).toMatchObject({ problem: { sentence: 'No worker.' } });
  });

  it('says when it is closed, and when it sums up others', async () => {
    jest.mocked(getIssue).mockResolvedValueOnce({ ...issue, status: 'Closed' });
    expect(findAll(await show(PlumblineIssue, { recordId: 'a02' }), '[data-id=closed]')).toHaveLength(1);
    jest.mocked(getIssue).mockResolvedValueOnce({ ...issue, recordId: null, records: 1200 });
    const sum = await show(PlumblineIssue, { recordId: 'a09' });
    expect(textOf(sum, '[data-id=summing]')).toMatch(/1,200 more records/);
    expect(findAll(sum, 'lightning-button')).toEqual([]);
    await expect(sum).toBeAccessible();
  });

  it('tells a fault', async () => {
    jest.mocked(getIssue).mockRejectedValueOnce(new Error('It broke.'));
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
  });
});
