import getObjects from '@salesforce/apex/PlumblineSetupController.getObjects';
import { find, findAll, fire, show, textOf } from 'plumbline/testing';
import PlumblineObjectPicker from '../plumblineObjectPicker';

const many = [...'abcdefghijklm'].map((letter) => ({ name: `Thing_${letter}__c`, label: `Thing ${letter}` }));
const objects = [{ name: 'Lead', label: 'Lead' }, { name: 'Visit__c', label: 'Customer visit' }, ...many];
const values = (element: HTMLElement): readonly string[] =>
  find<HTMLElement & { options: { value: string }[] }>(element, '[data-id=object]').options.map(({ value }) => value);

describe('c-plumbline-object-picker', () => {
  it.each(['customer', 'VISIT__c'])('P-10: finds a custom object by its label or its API name: %s', async (sought) => {
    jest.mocked(getObjects).mockResolvedValue(objects);
    const element = await show(PlumblineObjectPicker, { label: 'Object', value: 'Lead' });
    expect(values(element)).toHaveLength(objects.length);
    await fire(element, '[data-id=search]', 'change', { value: sought });
    expect(values(element)).toEqual(['Visit__c', 'Lead']);
    const picked = jest.fn();
    element.addEventListener('picked', (event) => {
      picked((event as CustomEvent<unknown>).detail);
    });
    await fire(element, '[data-id=object]', 'change', { value: 'Visit__c' });
    expect(picked).toHaveBeenCalledWith({ value: 'Visit__c' });
    await expect(element).toBeAccessible();
  });

  it('says that nothing is called so, and keeps what is chosen', async () => {
    jest.mocked(getObjects).mockResolvedValue(objects);
    const element = await show(PlumblineObjectPicker, { label: 'Object', value: 'Hidden__c' });
    await fire(element, '[data-id=search]', 'change', { value: 'nowhere' });
    expect(values(element)).toEqual(['Hidden__c']);
    expect(textOf(element, '[data-id=found]')).toBe('No object is called so.');
  });

  it('offers no search among a few, and says why it knows none', async () => {
    jest.mocked(getObjects).mockResolvedValueOnce(objects.slice(0, 2));
    expect(findAll(await show(PlumblineObjectPicker, { value: 'Lead' }), '[data-id=search]')).toEqual([]);
    jest.mocked(getObjects).mockRejectedValueOnce(new Error('It broke.'));
    const element = await show(PlumblineObjectPicker, { label: 'Object', value: 'Lead' });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
    expect(values(element)).toEqual(['Lead']);
  });
});
