import getLastAnswers from '@salesforce/apex/PlumblineSetupController.getLastAnswers';
import { hasArrived, lastAnswers } from '../plumblineLastAnswers';

const common = { id: 'c1', status: 'Done', workerAlive: false, askedAt: '2026-05-04T12:00:00Z' };

describe('c/plumblineLastAnswers', () => {
  it('gives the last answers by their kind, with when they were asked for', async () => {
    const answerJson = JSON.stringify({ ok: true, body: { userName: 'Worker', missing: [] } });
    const purged = { ...common, kind: 'plan', answerJson: null };
    jest
      .mocked(getLastAnswers)
      .mockResolvedValue([{ ...common, kind: 'rights', answerJson, hidden: ['Phone'] }, purged]);
    expect(await lastAnswers('a01')).toEqual({
      rights: { body: { userName: 'Worker', missing: [] }, hidden: ['Phone'], askedAt: common.askedAt },
    });
    expect(getLastAnswers).toHaveBeenCalledWith({ syncId: 'a01' });
  });

  it('takes a record for arrived when it was delivered and both sides hold the same', () => {
    const field = { source: 'Email', target: 'email', same: true };
    const answer = { record: 'r', outcome: 'updated', fields: [field] };
    expect(hasArrived(answer)).toBe(true);
    expect(hasArrived({ ...answer, fields: [field, { ...field, same: false }] })).toBe(false);
    expect(hasArrived({ ...answer, outcome: 'failed' })).toBe(false);
  });
});
