import getIssue from '@salesforce/apex/PlumblineIssueController.getIssue';
import { find, show } from 'plumbline/testing';
import PlumblineIssue from '../plumblineIssue';

jest.mock('@salesforce/customPermission/Plumbline_Operate', () => ({ __esModule: true, default: undefined }), {
  virtual: true,
});

describe('c-plumbline-issue', () => {
  it('offers no retry to who may only look', async () => {
    const issue = { id: 'a02', recordId: '00Q000000000001AAA', sentence: 'No email.', outcome: 'skipped' };
    jest.mocked(getIssue).mockResolvedValue(issue);
    const element = await show(PlumblineIssue, { recordId: 'a02' });
    expect(find(element, 'c-plumbline-why')).toMatchObject({ canAsk: true, canRetry: false });
  });
});
