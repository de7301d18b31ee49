import getIssue from '@salesforce/apex/PlumblineIssueController.getIssue';
import { find, findAll, show, textOf } from 'plumbline/testing';
import type { IssueRow } from 'plumbline/records';
import PlumblineIssue from '../plumblineIssue';

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

  it('offers to ask why, and to try it again', async () => {
    jest.mocked(getIssue).mockResolvedValue(issue);
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    const target = `leads/${issue.recordId ?? ''}`;
    expect(find(element, 'c-plumbline-why')).toMatchObject({ target, canAsk: true, canRetry: true });
  });

  it('says when it is closed, and when it sums up others', async () => {
    jest.mocked(getIssue).mockResolvedValueOnce({ ...issue, status: 'Closed' });
    expect(findAll(await show(PlumblineIssue, { recordId: 'a02' }), '[data-id=closed]')).toHaveLength(1);
    jest.mocked(getIssue).mockResolvedValueOnce({ ...issue, recordId: null, records: 1200 });
    const sum = await show(PlumblineIssue, { recordId: 'a09' });
    expect(textOf(sum, '[data-id=summing]')).toMatch(/1,200 more records/);
    expect(findAll(sum, 'c-plumbline-why')).toEqual([]);
    await expect(sum).toBeAccessible();
  });

  it('tells a fault', async () => {
    jest.mocked(getIssue).mockRejectedValueOnce(new Error('It broke.'));
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
  });
});
