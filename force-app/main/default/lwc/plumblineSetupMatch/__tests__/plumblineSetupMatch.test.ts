import describeObject from '@salesforce/apex/PlumblineSetupController.describeObject';
import { find, findAll, fire, settle, show, textOf } from 'plumbline/testing';
import { fieldOf, leadOf, newDraft } from 'plumbline/testing-setup';
import PlumblineSetupMatch from '../plumblineSetupMatch';

const body = { records: 100, withKey: 90, blank: 10, invalid: 0, duplicates: 4 };

describe('c-plumbline-setup-match', () => {
  beforeEach(() => {
    const unusable = fieldOf({ name: 'Photo__c', cannotUse: 'It is binary.' });
    jest.mocked(describeObject).mockResolvedValue(leadOf(fieldOf({}), unusable));
  });

  it('P-56: offers the fields that can be a key, and hands on the choice', async () => {
    const element = await show(PlumblineSetupMatch, { draft: newDraft({ id: 'a01' }) });
    expect(find(element, '[data-part=keySource]')).toMatchObject({
      options: [{ label: 'Email (Email)', value: 'Email' }],
      value: 'Email',
    });
    const changed = jest.fn();
    element.addEventListener('draftchange', (event) => {
      changed((event as CustomEvent<unknown>).detail);
    });
    await fire(element, '[data-part=keyTarget]', 'change', { value: 'userId' });
    expect(changed).toHaveBeenCalledWith({ keyTarget: 'userId' });
    await expect(element).toBeAccessible();
  });

  it('P-54, P-55: where this org is written, its field is the target of the key', async () => {
    const draft = newDraft({ direction: 'systemToSalesforce', keySource: 'accountId', keyTarget: 'Email' });
    const element = await show(PlumblineSetupMatch, { draft });
    expect(find(element, '[data-part=keyTarget]')).toMatchObject({
      options: [{ label: 'Email (Email)', value: 'Email' }],
      value: 'Email',
    });
    expect(find(element, '[data-part=keySource]')).toMatchObject({ value: 'accountId' });
  });

  it('P-56: shows blanks and duplicates with examples that can be opened', async () => {
    const element = await show(PlumblineSetupMatch, { draft: newDraft({ id: 'a01' }) });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({ question: { kind: 'match', details: { draft: 'a01' } } });
    const records = [
      { id: '00Q1', name: 'Ada' },
      { id: '00Q2', name: 'Ada L.' },
    ];
    const examples = [{ kind: 'duplicate', source: 'Email', value: 'ada@example.com', records }];
    await fire(element, 'c-plumbline-ask', 'answered', { body: { ...body, examples }, hidden: ['Phone'] });
    expect(find(element, '[data-id=result]')).toMatchObject({
      variant: 'warning',
      message: 'Of 100 records 90 have a key; 10 have none, 0 have one that is not accepted, 4 share theirs.',
    });
    expect(textOf(element, '[data-id=example]')).toMatch(/ada@example.com/);
    expect(findAll(element, 'c-plumbline-record-link')).toMatchObject([{ label: 'Ada' }, { label: 'Ada L.' }]);
    await expect(element).toBeAccessible();
  });

  it('is green when every record has a key of its own', async () => {
    const element = await show(PlumblineSetupMatch, { draft: newDraft({ id: 'a01' }) });
    const clean = { ...body, withKey: 100, blank: 0, duplicates: 0, examples: [] };
    await fire(element, 'c-plumbline-ask', 'answered', { body: clean, hidden: [] });
    expect(find(element, '[data-id=result]')).toMatchObject({ variant: 'success', nextStep: '' });
  });

  it('tells why the fields cannot be read, and tries again', async () => {
    jest.mocked(describeObject).mockRejectedValueOnce(new Error('There is no such object.'));
    const element = await show(PlumblineSetupMatch, { draft: newDraft({}) });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'There is no such object.' } });
    find(element, 'c-plumbline-state').dispatchEvent(new CustomEvent('again'));
    await settle();
    expect(findAll(element, '[data-part=keySource]')).toHaveLength(1);
  });
});
