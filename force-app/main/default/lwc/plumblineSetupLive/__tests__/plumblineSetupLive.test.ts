import activate from '@salesforce/apex/PlumblineSetupController.activate';
import setPaused from '@salesforce/apex/PlumblineSyncController.setPaused';
import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, fire, show, textOf } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblineSetupLive from '../plumblineSetupLive';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const draft = newDraft({ id: 'a01', mappings: [{ source: 'Email', target: 'email', blank: 'keep', position: 1 }] });

describe('c-plumbline-setup-live', () => {
  it('P-06: activates only what was agreed to, then offers to begin the first full sync, which proves that it works', async () => {
    const element = await show(PlumblineSetupLive, { draft, allowed: true });
    expect(textOf(element, '[data-id=summary]')).toBe('Lead → user of iterable, 1 fields, for all records.');
    expect(find(element, '[data-id=activate]')).toMatchObject({ disabled: true });
    await fire(element, '[data-id=agree]', 'change', { checked: true });
    expect(find(element, '[data-id=activate]')).toMatchObject({ disabled: false });
    await expect(element).toBeAccessible();
    await click(element, '[data-id=activate]');
    expect(activate).toHaveBeenCalledTimes(1);
    expect(setPaused).not.toHaveBeenCalled();
    jest
      .mocked(askWorker)
      .mockResolvedValue({ body: { run: 'r', sync: 'leads', kind: 'backfill', begun: true }, hidden: [] });
    const live = jest.fn();
    element.addEventListener('live', live);
    await click(element, '[data-id=start]');
    expect(setPaused).toHaveBeenCalledWith({ syncOrConnectionId: 'a01', paused: false });
    expect(askWorker).toHaveBeenCalledWith({ kind: 'backfill', target: 'leads' });
    expect(findAll(element, '[data-id=done]')).toHaveLength(1);
    expect(live).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('tells why it was not activated, and stays where it was', async () => {
    jest.mocked(activate).mockRejectedValueOnce({ body: { message: 'Two syncs have one name.' } });
    const element = await show(PlumblineSetupLive, { draft, allowed: true });
    await fire(element, '[data-id=agree]', 'change', { checked: true });
    await click(element, '[data-id=activate]');
    expect(find(element, '[data-id=problem]')).toMatchObject({ message: 'Two syncs have one name.' });
    expect(findAll(element, '[data-id=start]')).toEqual([]);
  });

  it('is not offered while something is missing, nor to who may not', async () => {
    const early = await show(PlumblineSetupLive, { draft, allowed: true, waitsFor: 'Test one record first.' });
    expect(findAll(early, '[data-id=activate]')).toEqual([]);
    expect(find(early, '[data-id=waits]')).toMatchObject({ message: 'Test one record first.' });
    const other = await show(PlumblineSetupLive, { draft });
    expect(findAll(other, '[data-id=activate]')).toEqual([]);
    expect(findAll(other, '[data-id=not-allowed]')).toHaveLength(1);
    await expect(other).toBeAccessible();
  });
});
