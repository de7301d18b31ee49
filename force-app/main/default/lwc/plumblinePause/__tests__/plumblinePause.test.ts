import setPaused from '@salesforce/apex/PlumblineSyncController.setPaused';
import { click, find, findAll, show } from 'plumbline/testing';
import PlumblinePause from '../plumblinePause';

describe('c-plumbline-pause', () => {
  it('pauses all that it stands for, and tells the page', async () => {
    const element = await show(PlumblinePause, { targets: ['a01', 'a02'], name: 'Iterable', allowed: true });
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    expect(find(element, '[data-id=toggle]')).toMatchObject({ label: 'Pause Iterable' });
    expect(findAll(element, '[data-id=paused]')).toEqual([]);
    await click(element, '[data-id=toggle]');
    expect(jest.mocked(setPaused).mock.calls).toEqual([
      [{ syncOrConnectionId: 'a01', paused: true }],
      [{ syncOrConnectionId: 'a02', paused: true }],
    ]);
    expect(changed).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('says that it is paused, and resumes', async () => {
    const element = await show(PlumblinePause, { targets: ['a01'], name: 'leads', paused: true, allowed: true });
    expect(find(element, '[data-id=paused]')).toMatchObject({ label: 'Paused' });
    await click(element, '[data-id=toggle]');
    expect(setPaused).toHaveBeenCalledWith({ syncOrConnectionId: 'a01', paused: false });
    await expect(element).toBeAccessible();
  });

  it('offers nothing to who may not, and still says that it is paused', async () => {
    const element = await show(PlumblinePause, { targets: ['a01'], name: 'leads', paused: true });
    expect(findAll(element, '[data-id=toggle]')).toEqual([]);
    expect(findAll(element, '[data-id=paused]')).toHaveLength(1);
  });

  it('tells a refusal in the words of the org', async () => {
    jest.mocked(setPaused).mockRejectedValueOnce({ body: { message: 'You may not pause.' } });
    const element = await show(PlumblinePause, { targets: ['a01'], name: 'leads', allowed: true });
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', (event) => {
      toast((event as CustomEvent<unknown>).detail);
    });
    await click(element, '[data-id=toggle]');
    expect(toast).toHaveBeenCalledWith(expect.objectContaining({ variant: 'error', message: 'You may not pause.' }));
  });
});
