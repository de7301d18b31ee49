import { click, find, findAll, show } from 'plumbline/testing';
import PlumblineSetupSteps from '../plumblineSetupSteps';

const steps = ['connect', 'rights', 'live'].map((value) => ({ value, label: `The step ${value}` }));

describe('c-plumbline-setup-steps', () => {
  it('names every step, which is shown, and which are done', async () => {
    const element = await show(PlumblineSetupSteps, { steps, current: 'rights' });
    expect(findAll(element, 'button').map((button) => button.textContent)).toEqual([
      expect.stringMatching(/The step connect.+/),
      '2The step rights',
      '3The step live',
    ]);
    expect(find(element, '[aria-current=step]').dataset).toMatchObject({ step: 'rights' });
    await expect(element).toBeAccessible();
  });

  it('goes to the one that is pressed, unless it is fixed', async () => {
    const element = await show(PlumblineSetupSteps, { steps, current: 'connect' });
    const gone = jest.fn();
    element.addEventListener('step', (event) => {
      gone((event as CustomEvent<unknown>).detail);
    });
    await click(element, '[data-step=live]');
    expect(gone).toHaveBeenCalledWith({ value: 'live' });
    const fixed = await show(PlumblineSetupSteps, { steps, current: 'connect', fixed: true });
    expect(find(fixed, '[data-step=live]')).toMatchObject({ disabled: true });
  });
});
