import { find, findAll, fire, show } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblineSetupRules from '../plumblineSetupRules';

describe('c-plumbline-setup-rules', () => {
  it('shows the rules of the draft, and hands on each change with its type', async () => {
    const element = await show(PlumblineSetupRules, { draft: newDraft({ sweepAt: '02:00' }) });
    expect(find(element, '[data-part=createRecords]')).toMatchObject({ checked: true });
    const changed: unknown[] = [];
    element.addEventListener('draftchange', (event) => {
      changed.push((event as CustomEvent<unknown>).detail);
    });
    await fire(element, '[data-part=updateRecords]', 'change', { checked: false });
    await fire(element, '[data-part=onDelete]', 'change', { value: 'forget' });
    await fire(element, '[data-part=pollSeconds]', 'change', { value: '120' });
    await fire(element, '[data-part=sweepAt]', 'change', { value: '03:30' });
    expect(changed).toEqual([
      { updateRecords: false },
      { onDelete: 'forget' },
      { pollSeconds: 120 },
      { sweepAt: '03:30' },
    ]);
    expect(findAll(element, 'c-plumbline-notice')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('asks what a duplicate rule is to do where Salesforce is written, and there alone', async () => {
    expect(findAll(await show(PlumblineSetupRules, { draft: newDraft({}) }), '[data-part=onDuplicate]')).toEqual([]);
    const element = await show(PlumblineSetupRules, { draft: newDraft({ direction: 'systemToSalesforce' }) });
    expect(find(element, '[data-part=onDuplicate]')).toMatchObject({ value: 'block' });
    const changed = jest.fn();
    element.addEventListener('draftchange', (event) => {
      changed((event as CustomEvent<unknown>).detail);
    });
    await fire(element, '[data-part=onDuplicate]', 'change', { value: 'link' });
    expect(changed).toHaveBeenCalledWith({ onDuplicate: 'link' });
    await expect(element).toBeAccessible();
  });

  it('says that a sync that neither creates nor updates does nothing', async () => {
    const draft = newDraft({ createRecords: false, updateRecords: false });
    const element = await show(PlumblineSetupRules, { draft });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ variant: 'warning' });
    await expect(element).toBeAccessible();
  });
});
