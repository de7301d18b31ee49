import ask from '@salesforce/apex/PlumblineCommandController.ask';
import getAnswer from '@salesforce/apex/PlumblineCommandController.getAnswer';
import { askWorker } from 'c/plumblineCommand';
import { SolvableError } from 'c/plumblineProblem';

const waiting = { id: 'a01', status: 'New', workerAlive: true };

async function outcomeOf(asked: Promise<unknown>): Promise<unknown> {
  const outcome = asked.catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(120_000);
  return outcome;
}

describe('c-plumbline-command', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.mocked(ask).mockResolvedValue('a01');
  });

  it('asks, waits and hands on the answer with what was left out', async () => {
    jest
      .mocked(getAnswer)
      .mockResolvedValueOnce(waiting)
      .mockResolvedValue({
        ...waiting,
        status: 'Done',
        answerJson: '{"ok":true,"body":{"queued":2}}',
        hidden: ['Email'],
      });
    const answered = await outcomeOf(askWorker({ kind: 'retry', target: 'leads', details: { reason: 'no-key' } }));
    expect(answered).toEqual({ body: { queued: 2 }, hidden: ['Email'] });
    expect(ask).toHaveBeenCalledWith({
      kind: 'retry',
      target: 'leads',
      argumentsJson: '{"reason":"no-key"}',
      expiresInSeconds: 60,
    });
    expect(getAnswer).toHaveBeenCalledTimes(2);
  });

  it('tells a refusal in the words of the worker, with its actions', async () => {
    const answerJson = JSON.stringify({ ok: false, message: 'There is no such sync.', actions: ['Use leads.'] });
    jest.mocked(getAnswer).mockResolvedValue({ ...waiting, status: 'Failed', answerJson });
    const refused = await outcomeOf(askWorker({ kind: 'plan', target: 'x' }));
    expect(refused).toBeInstanceOf(SolvableError);
    expect(refused).toMatchObject({ message: 'There is no such sync.', nextStep: 'Use leads.' });
  });

  it('says that no worker runs, and what to start, without waiting to the end', async () => {
    jest.mocked(getAnswer).mockResolvedValue({ ...waiting, workerAlive: false });
    const refused = await outcomeOf(askWorker({ kind: 'check', target: '*' }));
    expect(refused).toMatchObject({
      message: expect.stringMatching(/No worker/),
      nextStep: expect.stringMatching(/npm run worker/),
    });
    expect(getAnswer).toHaveBeenCalledTimes(3);
  });

  it('waits no longer than the command lives', async () => {
    jest.mocked(getAnswer).mockResolvedValue(waiting);
    expect(await outcomeOf(askWorker({ kind: 'check', target: '*', seconds: 3 }))).toMatchObject({
      message: 'No worker answered in time.',
    });
    expect(jest.mocked(getAnswer).mock.calls.length).toBeLessThan(7);
  });

  it('ends at an expired command', async () => {
    jest.mocked(getAnswer).mockResolvedValue({ ...waiting, status: 'Expired' });
    await outcomeOf(askWorker({ kind: 'check', target: '*' }));
    expect(getAnswer).toHaveBeenCalledTimes(1);
  });
});
