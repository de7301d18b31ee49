import { click, findAll, find, show, textOf } from 'plumbline/testing';
import PlumblineState from '../plumblineState';

describe('c-plumbline-state', () => {
  it('shows its content when nothing stands in the way', async () => {
    expect(find(await show(PlumblineState), 'slot')).not.toBeNull();
  });

  it('says that it loads', async () => {
    const element = await show(PlumblineState, { loading: true });
    expect(find(element, 'lightning-spinner')).toMatchObject({ alternativeText: 'Loading' });
    await expect(element).toBeAccessible();
  });

  it('tells a fault with its next step, and lets try again', async () => {
    const problem = { denied: false, sentence: 'It broke.', nextStep: 'Mend it.' };
    const element = await show(PlumblineState, { problem, loading: true });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ message: 'It broke.', nextStep: 'Mend it.' });
    const again = jest.fn();
    element.addEventListener('again', again);
    await click(element, '[data-id=again]');
    expect(again).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('says which right is missing', async () => {
    const problem = { denied: true, sentence: 'You may not.', nextStep: 'Ask.' };
    const element = await show(PlumblineState, { problem });
    expect(textOf(element, '[role=status]')).toBe('You may not.Ask.');
    expect(findAll(element, '[data-id=again]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says that there is nothing, and what to do then', async () => {
    const element = await show(PlumblineState, { empty: true, emptyTitle: 'No runs yet', emptyText: 'Start one.' });
    expect(textOf(element, '[data-id=empty]')).toBe('No runs yetStart one.');
    await expect(element).toBeAccessible();
  });
});
