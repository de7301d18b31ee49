import describeObject from '@salesforce/apex/PlumblineSetupController.describeObject';
import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, fire, settle, show } from 'plumbline/testing';
import { fieldOf, leadOf, newDraft } from 'plumbline/testing-setup';
import type { MappingDraft } from 'plumbline/setup';
import PlumblineSetupFields from '../plumblineSetupFields';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const email: MappingDraft = {
  id: 'm1',
  source: 'Email',
  target: 'email',
  transform: 'lowercase',
  blank: 'keep',
  position: 1,
};
const system = {
  account: 'Test',
  objects: [],
  object: 'user',
  fields: [{ path: 'email', label: 'Email', type: 'number', writable: true }],
  suggestions: [
    { source: 'Email', target: 'email' },
    { source: 'FirstName', target: 'firstName' },
  ],
};

async function shown(mappings: readonly MappingDraft[]): Promise<{ element: HTMLElement; changed: jest.Mock }> {
  const element = await show(PlumblineSetupFields, { draft: newDraft({ id: 'a01', mappings }) });
  const changed = jest.fn();
  element.addEventListener('draftchange', (event) => {
    changed((event as CustomEvent<{ mappings: unknown }>).detail.mappings);
  });
  return { element, changed };
}

describe('c-plumbline-setup-fields', () => {
  beforeEach(() => {
    const fields = [
      fieldOf({}),
      fieldOf({ name: 'FirstName', label: 'First Name', type: 'STRING' }),
      fieldOf({ name: 'Photo__c', label: 'Photo', cannotUse: 'Binary values cannot be synced.' }),
    ];
    jest.mocked(describeObject).mockResolvedValue(leadOf(...fields));
    jest.mocked(askWorker).mockResolvedValue({ body: system, hidden: [] });
  });

  it('K-11: finds fields by label or name; those that cannot be used say why and are not offered', async () => {
    const { element, changed } = await shown([email]);
    await fire(element, '[data-id=search]', 'change', { value: 'first' });
    await click(element, 'lightning-button[data-name=FirstName]');
    expect(changed).toHaveBeenCalledWith([
      email,
      { source: 'FirstName', target: 'firstName', blank: 'keep', position: 2 },
    ]);
    await fire(element, '[data-id=search]', 'change', { value: 'photo' });
    expect(find(element, '[data-field=Photo__c]').textContent).toMatch(/Binary values cannot be synced/);
    expect(findAll(element, '[data-name=Photo__c]')).toEqual([]);
    await fire(element, '[data-id=search]', 'change', { value: 'no such' });
    expect(findAll(element, '[data-id=nothing]')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('checks the types of both sides, transform and all', async () => {
    const { element } = await shown([email]);
    expect(find(element, '[data-mapping=Email] c-plumbline-notice')).toMatchObject({
      variant: 'error',
      message: expect.stringMatching(/EMAIL.*number/) as string,
    });
    await expect(element).toBeAccessible();
  });

  it('takes the suggestions of the system, changes a mapping and removes one', async () => {
    const { element, changed } = await shown([email]);
    await click(element, '[data-id=suggest]');
    expect(changed).toHaveBeenLastCalledWith([email, expect.objectContaining({ source: 'FirstName' })]);
    await fire(element, '[data-part=blank]', 'change', { value: 'clear' });
    expect(changed).toHaveBeenLastCalledWith([{ ...email, blank: 'clear' }]);
    await click(element, '[data-id=remove]');
    expect(changed).toHaveBeenLastCalledWith([]);
  });

  it('goes on without the worker, says so, and asks again', async () => {
    jest.mocked(askWorker).mockRejectedValueOnce(new Error('No worker.'));
    const { element } = await shown([]);
    expect(find(element, '[data-id=system]')).toMatchObject({ problem: { sentence: 'No worker.' } });
    expect(findAll(element, '[data-id=empty]')).toHaveLength(1);
    await expect(element).toBeAccessible();
    find(element, '[data-id=system]').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, '[data-id=system]')).toEqual([]);
    expect(find(element, '[data-id=suggest]')).toMatchObject({ label: 'Add what the system suggests: 2 fields' });
  });

  it('tells why the fields cannot be read', async () => {
    jest.mocked(describeObject).mockRejectedValueOnce(new Error('No such object.'));
    const { element } = await shown([]);
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'No such object.' } });
  });

  it('K-11, P-25, P-29: a field that the system does not take says why, and is not offered', async () => {
    const sentence = 'First Name is a lookup, which Meter does not take.';
    const refused = [{ path: 'FirstName', sentence }];
    jest.mocked(askWorker).mockResolvedValue({ body: { ...system, refused, suggestions: [] }, hidden: [] });
    const { element } = await shown([]);
    await fire(element, '[data-id=search]', 'change', { value: 'first' });
    expect(find(element, '[data-field=FirstName]').textContent).toContain(sentence);
    expect(findAll(element, '[data-name=FirstName]')).toEqual([]);
  });

  it('puts a field into the group in which the system suggests its own', async () => {
    const suggestions = [{ source: 'Industry', target: 'salesforce.industry' }];
    jest.mocked(askWorker).mockResolvedValue({ body: { ...system, suggestions }, hidden: [] });
    const { element, changed } = await shown([]);
    await fire(element, '[data-id=search]', 'change', { value: 'first' });
    await click(element, 'lightning-button[data-name=FirstName]');
    expect(changed).toHaveBeenCalledWith([expect.objectContaining({ target: 'salesforce.FirstName' })]);
  });

  it('P-36, P-41, P-50: where this org is written, columns are mapped to fields that are proposed, with what to know', async () => {
    const fields = [{ path: 'numMinutes', label: 'Time on site', type: 'float', writable: false }];
    const body = { ...system, fields, suggestions: [], notes: ['It holds visitor data, too.'] };
    jest.mocked(askWorker).mockResolvedValue({ body, hidden: [] });
    const gone: MappingDraft = { source: 'numMinutes', target: 'Meter_Gone__c', blank: 'keep', position: 1 };
    const draft = newDraft({ id: 'a01', direction: 'systemToSalesforce', mappings: [gone] });
    const element = await show(PlumblineSetupFields, { draft });
    const changed = jest.fn();
    element.addEventListener('draftchange', (event) => {
      changed((event as CustomEvent<{ mappings: unknown }>).detail.mappings);
    });
    expect(find(element, '[data-id=note]')).toMatchObject({ message: 'It holds visitor data, too.' });
    expect(find(element, '[data-mapping=numMinutes] c-plumbline-notice')).toMatchObject({
      message: expect.stringMatching(/no field Meter_Gone__c/) as string,
    });
    expect(find(element, '[data-mapping=numMinutes] [data-part=target]')).toMatchObject({
      label: 'Field in Salesforce for numMinutes',
    });
    expect(find(element, '[data-id=search]')).toMatchObject({ label: 'Search the fields of the other system' });
    const proposed = { source: 'plan', target: 'Meter_Plan__c', transform: 'text' };
    await fire(element, 'c-plumbline-setup-proposals', 'add', { mappings: [proposed] });
    expect(changed).toHaveBeenCalledWith([gone, { ...proposed, blank: 'keep', position: 2 }]);
    await fire(element, '[data-id=search]', 'change', { value: 'email' });
    expect(findAll(element, '[data-field=Email]')).toEqual([]);
    await expect(element).toBeAccessible();
    jest.mocked(describeObject).mockResolvedValue(leadOf(fieldOf({ name: 'Meter_Gone__c' })));
    await fire(element, 'c-plumbline-setup-proposals', 'asked', {});
    expect(findAll(element, '[data-mapping=numMinutes] c-plumbline-notice')).toEqual([]);
  });

  it('takes the key that a system suggests for a field, though it is never written', async () => {
    const fields = [{ path: 'email', label: 'Email', type: 'string', writable: false, cannotUse: 'It is the key.' }];
    jest.mocked(askWorker).mockResolvedValue({ body: { ...system, fields }, hidden: [] });
    const { element } = await shown([{ ...email, target: 'email' }]);
    expect(findAll(element, '[data-mapping=Email] c-plumbline-notice')).toEqual([]);
  });
});
