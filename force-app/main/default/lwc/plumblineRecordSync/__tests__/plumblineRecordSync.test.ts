import exclude from '@salesforce/apex/PlumblineRecordController.exclude';
import includeAgain from '@salesforce/apex/PlumblineRecordController.includeAgain';
import { click, find, findAll, fire, settle, show, textOf } from 'plumbline/testing';
import type { RecordSync } from 'plumbline/records';
import PlumblineRecordSync from '../plumblineRecordSync';

const recordId = '00Q000000000001AAA';
const issue = { id: 'a02', outcome: 'skipped', sentence: 'No email.', nextStep: 'Fill it in.' };
const sync: RecordSync = {
  syncId: 'a01',
  syncName: 'leads',
  systemName: 'Iterable',
  paused: false,
  excluded: false,
  issues: [issue],
};
const operator = { recordId, sync, canAsk: true, canSyncNow: true, canExclude: true };
const toastsOf = (element: HTMLElement): jest.Mock => {
  const toasts = jest.fn();
  element.addEventListener('lightning__showtoast', (event) => {
    toasts((event as CustomEvent<unknown>).detail);
  });
  return toasts;
};

describe('c-plumbline-record-sync', () => {
  it('shows the open issues at once, without asking anybody', async () => {
    const element = await show(PlumblineRecordSync, operator);
    expect(find(element, '[data-id=state]')).toMatchObject({ label: 'Open issues: 1' });
    expect(find(element, 'c-plumbline-reason')).toMatchObject({ sentence: 'No email.', nextStep: 'Fill it in.' });
    await expect(element).toBeAccessible();
  });

  it.each([
    [{ ...sync, issues: [] }, 'No open issue'],
    [{ ...sync, paused: true }, 'Paused'],
    [{ ...sync, excluded: true }, 'Excluded'],
  ])('tells its state in words', async (each, state) => {
    const element = await show(PlumblineRecordSync, { ...operator, sync: each });
    expect(find(element, '[data-id=state]')).toMatchObject({ label: state });
    await expect(element).toBeAccessible();
  });

  it('does not offer what the reader may not do, nor any button when compact', async () => {
    const reader = await show(PlumblineRecordSync, { recordId, sync, canAsk: true });
    expect(findAll(reader, 'lightning-button')).toEqual([]);
    const target = `leads/${recordId}`;
    expect(find(reader, 'c-plumbline-why')).toMatchObject({ target, canAsk: true, canRetry: false });
    expect(find(await show(PlumblineRecordSync, operator), 'c-plumbline-why')).toMatchObject({ canRetry: true });
    const compact = await show(PlumblineRecordSync, { ...operator, compact: true });
    expect(findAll(compact, 'c-plumbline-why')).toEqual([]);
  });

  it('excludes after asking why, and tells the page', async () => {
    const element = await show(PlumblineRecordSync, operator);
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    await click(element, '[data-id=exclude]');
    expect(exclude).not.toHaveBeenCalled();
    await fire(element, '[data-id=note]', 'change', { value: 'Left the company' });
    await click(element, '[data-id=confirm]');
    expect(exclude).toHaveBeenCalledWith({ recordId, syncId: 'a01', note: 'Left the company' });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('includes again, and tells a refusal in the words of the org', async () => {
    jest.mocked(includeAgain).mockRejectedValue({ body: { message: 'You may not include records.' } });
    const element = await show(PlumblineRecordSync, { ...operator, sync: { ...sync, excluded: true } });
    const toasts = toastsOf(element);
    expect(textOf(element, '[data-id=exclusion]')).toBe('Taken out of this sync: no note was left');
    await click(element, '[data-id=include]');
    await settle();
    expect(includeAgain).toHaveBeenCalledWith({ recordId, syncId: 'a01' });
    expect(toasts).toHaveBeenCalledWith(
      expect.objectContaining({ variant: 'error', message: 'You may not include records.' }),
    );
  });
});
