import countRecords from '@salesforce/apex/PlumblineSetupController.countRecords';
import { find, findAll, fire, settle, show, textOf } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblineSetupRecords from '../plumblineSetupRecords';

describe('c-plumbline-setup-records', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.mocked(countRecords).mockResolvedValue(40_000);
  });

  it('K-13: counts every record at first, and says so', async () => {
    const element = await show(PlumblineSetupRecords, { draft: newDraft({}) });
    expect(textOf(element, '[data-id=found]')).toBe('40,000 records of Lead take part.');
    expect(findAll(element, '[data-id=condition]')).toEqual([]);
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  it('K-13: the count follows the condition, once for what was typed in one go', async () => {
    const element = await show(PlumblineSetupRecords, { draft: newDraft({}) });
    const changed = jest.fn();
    element.addEventListener('draftchange', (event) => {
      changed((event as CustomEvent<unknown>).detail);
    });
    await fire(element, '[data-id=choice]', 'change', { value: 'some' });
    jest.mocked(countRecords).mockResolvedValue(12);
    await fire(element, '[data-id=condition]', 'change', { value: 'IsConverted' });
    await fire(element, '[data-id=condition]', 'change', { value: 'IsConverted = false' });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(jest.mocked(countRecords).mock.calls.map(([request]) => request.include)).toEqual([
      'all',
      'IsConverted = false',
    ]);
    expect(textOf(element, '[data-id=found]')).toBe('12 records of Lead take part.');
    expect(changed).toHaveBeenLastCalledWith({ include: 'IsConverted = false' });
  });

  it('tells what is wrong with a condition in the words of the org', async () => {
    jest.mocked(countRecords).mockRejectedValue({ body: { message: 'There is no field Nmae.' } });
    const element = await show(PlumblineSetupRecords, { draft: newDraft({ include: "Nmae = 'x'" }) });
    await settle();
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ message: 'There is no field Nmae.' });
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  it('P-45: leaves the choice to the system where that is read, and counts nothing here', async () => {
    const draft = newDraft({ direction: 'systemToSalesforce', systemObject: 'account-report/r1' });
    const element = await show(PlumblineSetupRecords, { draft });
    expect(textOf(element, '[data-id=inward]')).toMatch(/^Every record that account-report.r1 gives takes part/);
    expect(findAll(element, '[data-id=choice]')).toEqual([]);
    expect(countRecords).not.toHaveBeenCalled();
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });
});
