import getIssues from '@salesforce/apex/PlumblineIssueController.getIssues';
import { find, findAll, settle, show, textOf } from 'plumbline/testing';
import PlumblineIssueList from '../plumblineIssueList';

const issue = {
  id: 'a02',
  recordId: '00Q000000000001AAA',
  recordName: 'Ada Lovelace',
  sentence: 'No email.',
  outcome: 'skipped',
  lastSeen: new Date(Date.now() - 60_000).toISOString(),
};
const cause = { syncName: 'leads', reasonCode: 'no-key' };

describe('c-plumbline-issue-list', () => {
  it('shows the records of a cause with a link to each', async () => {
    jest
      .mocked(getIssues)
      .mockResolvedValue([issue, { id: 'a09', sentence: 'No email.', outcome: 'skipped', records: 1200 }]);
    const element = await show(PlumblineIssueList, cause);
    expect(getIssues).toHaveBeenCalledWith({ ...cause, limitRows: 50 });
    expect(find(element, 'c-plumbline-record-link')).toMatchObject({ recordId: issue.recordId, label: 'Ada Lovelace' });
    expect(textOf(element, '[data-issue=a09]')).toMatch(/^1,200 more records/);
    expect(findAll(element, '[data-id=cut]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says when there are more than it shows', async () => {
    jest.mocked(getIssues).mockResolvedValue(Array.from({ length: 50 }, (_, index) => ({ ...issue, id: `i${index}` })));
    expect(textOf(await show(PlumblineIssueList, cause), '[data-id=cut]')).toMatch(/first 50/);
  });

  it('says that nothing is open any more', async () => {
    jest.mocked(getIssues).mockResolvedValue([]);
    expect(find(await show(PlumblineIssueList, cause), 'c-plumbline-state')).toMatchObject({ empty: true });
  });

  it('tells a fault, and tries again', async () => {
    jest.mocked(getIssues).mockRejectedValueOnce(new Error('It broke.')).mockResolvedValueOnce([issue]);
    const element = await show(PlumblineIssueList, cause);
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
    find(element, 'c-plumbline-state').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, '[data-issue]')).toHaveLength(1);
  });
});
