import { find, findAll, show, textOf } from 'plumbline/testing';
import PlumblineNotice from '../plumblineNotice';

describe('c-plumbline-notice', () => {
  it('shows the sentence and the next step', async () => {
    const element = await show(PlumblineNotice, { message: 'The beat stopped.', nextStep: 'Start the worker.' });
    expect(textOf(element, '.text')).toBe('The beat stopped.Start the worker.');
    expect(findAll(element, '[role]')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it.each([
    ['error', 'alert'],
    ['success', 'status'],
  ] as const)('is announced: %s as %s', async (variant, role) => {
    const element = await show(PlumblineNotice, { variant, message: 'Now.', announce: true });
    expect(find(element, `[role=${role}]`).textContent).toBe('Now.');
    await expect(element).toBeAccessible();
  });
});
