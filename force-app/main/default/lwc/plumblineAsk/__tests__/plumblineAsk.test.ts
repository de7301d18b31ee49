import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, settle, show } from 'plumbline/testing';
import PlumblineAsk from '../plumblineAsk';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const question = { kind: 'check', target: 'iterable' };

describe('c-plumbline-ask', () => {
  it('asks once at a time, shows that it waits, and hands on the answer', async () => {
    const answer = { body: { checks: [] }, hidden: [] };
    let give: (value: typeof answer) => void = () => undefined;
    jest.mocked(askWorker).mockReturnValue(
      new Promise((resolve) => {
        give = resolve;
      }),
    );
    const element = await show(PlumblineAsk, { label: 'Check', question });
    const answered = jest.fn();
    element.addEventListener('answered', (event) => {
      answered((event as CustomEvent<unknown>).detail);
    });
    await click(element, '[data-id=ask]');
    await click(element, '[data-id=ask]');
    expect(askWorker).toHaveBeenCalledTimes(1);
    expect(find(element, '[data-id=ask]')).toMatchObject({ disabled: false });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ loading: true });
    give(answer);
    await settle();
    expect(answered.mock.calls).toEqual([[answer]]);
    expect(findAll(element, 'c-plumbline-state')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('shows what stands in the way, and asks again', async () => {
    jest
      .mocked(askWorker)
      .mockRejectedValueOnce(new Error('No worker.'))
      .mockResolvedValueOnce({ body: 1, hidden: [] });
    const element = await show(PlumblineAsk, { label: 'Check', question });
    await click(element, '[data-id=ask]');
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'No worker.' } });
    find(element, 'c-plumbline-state').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(askWorker).toHaveBeenCalledTimes(2);
    expect(findAll(element, 'c-plumbline-state')).toEqual([]);
  });

  it('asks nothing without a question', async () => {
    const element = await show(PlumblineAsk, { label: 'Check' });
    expect(find(element, '[data-id=ask]')).toMatchObject({ disabled: true });
  });
});
