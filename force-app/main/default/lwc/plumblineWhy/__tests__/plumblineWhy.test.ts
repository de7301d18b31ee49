import { askWorker } from 'c/plumblineCommand';
import { SolvableError } from 'c/plumblineProblem';
import { click, find, findAll, settle, show } from 'plumbline/testing';
import PlumblineWhy from '../plumblineWhy';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const target = 'leads/00Q000000000001AAA';
const operator = { target, canAsk: true, canRetry: true, retryLabel: 'Sync now' };
const body = { sync: 'leads', source: target, outcome: 'skipped', sentence: 'No email.', waiting: false };

const toastsOf = (element: HTMLElement): jest.Mock => {
  const toasts = jest.fn();
  element.addEventListener('lightning__showtoast', (event) => {
    toasts((event as CustomEvent<unknown>).detail);
  });
  return toasts;
};

describe('c-plumbline-why', () => {
  it('offers what the reader may do alone', async () => {
    const viewer = await show(PlumblineWhy, { target, canAsk: true });
    expect(findAll(viewer, 'lightning-button').map((button) => button.dataset['id'])).toEqual(['why']);
    expect(findAll(await show(PlumblineWhy, { target }), 'lightning-button')).toEqual([]);
  });

  it('N-04: asks the worker on a click, and shows its answer', async () => {
    jest.mocked(askWorker).mockResolvedValue({ body, hidden: ['Phone'] });
    const element = await show(PlumblineWhy, operator);
    expect(askWorker).not.toHaveBeenCalled();
    await click(element, '[data-id=why]');
    expect(askWorker).toHaveBeenCalledWith({ kind: 'explain', target });
    expect(find(element, 'c-plumbline-explanation')).toMatchObject({ explanation: body, hiddenFields: ['Phone'] });
    await expect(element).toBeAccessible();
  });

  it('says that no worker runs, in the place of the answer', async () => {
    jest.mocked(askWorker).mockRejectedValue(new SolvableError('No worker is running.', 'Start one.'));
    const element = await show(PlumblineWhy, operator);
    await click(element, '[data-id=why]');
    expect(find(element, '[data-id=answer]')).toMatchObject({
      loading: false,
      problem: { sentence: 'No worker is running.', nextStep: 'Start one.' },
    });
  });

  it('shows no answer of one record for another', async () => {
    let answer: (value: { body: unknown; hidden: string[] }) => void = () => undefined;
    jest.mocked(askWorker).mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }) as never,
    );
    const element = await show(PlumblineWhy, operator);
    await click(element, '[data-id=why]');
    Object.assign(element, { target: 'leads/00Q000000000002AAA' });
    answer({ body, hidden: [] });
    await settle();
    expect(findAll(element, 'c-plumbline-explanation')).toEqual([]);
  });

  it('queues the record, or says why not', async () => {
    jest.mocked(askWorker).mockResolvedValueOnce({ body: { queued: 1 }, hidden: [] });
    const element = await show(PlumblineWhy, operator);
    const toasts = toastsOf(element);
    await click(element, '[data-id=retry]');
    expect(askWorker).toHaveBeenCalledWith({ kind: 'retry', target });
    expect(toasts).toHaveBeenLastCalledWith(expect.objectContaining({ variant: 'success' }));
    jest.mocked(askWorker).mockRejectedValueOnce(new Error('It broke.'));
    await click(element, '[data-id=retry]');
    await settle();
    expect(toasts).toHaveBeenLastCalledWith(expect.objectContaining({ variant: 'error', message: 'It broke.' }));
  });
});
