import { find, fire, show, textOf } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblinePreview from '../plumblinePreview';

const id = '00Q000000000001AAA';
const field = { source: 'Email', target: 'email', after: 'ada@example.com', changed: true };

describe('c-plumbline-preview', () => {
  it('N-01: maps the record that is named, and shows each field before and after', async () => {
    const element = await show(PlumblinePreview, { draft: newDraft({ id: 'a01' }) });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({ question: undefined });
    expect(find(element, '[data-id=picker]')).toMatchObject({ objectName: 'Lead' });
    await fire(element, '[data-id=picker]', 'picked', { record: id });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({
      question: { kind: 'preview', target: `leads/${id}`, details: { draft: 'a01' } },
    });
    const previewed = jest.fn();
    element.addEventListener('previewed', (event) => {
      previewed((event as CustomEvent<unknown>).detail);
    });
    const body = { record: id, action: 'create', fields: [field] };
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: ['Phone'] });
    expect(previewed).toHaveBeenCalledWith({ record: id });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ message: expect.stringMatching(/created/) as string });
    expect(find(element, 'c-plumbline-table')).toMatchObject({
      rows: [{ source: 'Email → email', before: '(empty)', after: 'ada@example.com', marked: true }],
    });
    expect(textOf(element, '[data-id=hidden]')).toMatch(/Phone/);
    await expect(element).toBeAccessible();
  });

  it('says why a record would not be sent', async () => {
    const element = await show(PlumblinePreview, { draft: newDraft({ id: 'a01' }) });
    await fire(element, '[data-id=picker]', 'picked', { record: id });
    const body = { record: id, action: 'skip', sentence: 'It has no email.', nextStep: 'Fill it in.', fields: [] };
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: [] });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({ message: 'It has no email.', nextStep: 'Fill it in.' });
  });

  it('P-46: takes a record of the system by its own ID where the system is read', async () => {
    const draft = newDraft({ id: 'a01', name: 'figures', connectionName: 'usage', direction: 'systemToSalesforce' });
    const element = await show(PlumblinePreview, { draft });
    expect(find(element, '[data-id=record]')).toMatchObject({ label: 'ID of a record in usage' });
    await fire(element, '[data-id=record]', 'change', { value: ' acme-17 ' });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({ question: { target: 'figures/acme-17' } });
    const body = { record: 'acme-17', action: 'update', fields: [field] };
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: [] });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({
      message: 'The record of this org would be updated. Nothing was written.',
    });
    await fire(element, '[data-id=record]', 'change', { value: '  ' });
    expect(find<HTMLElement & { question?: unknown }>(element, 'c-plumbline-ask').question).toBeUndefined();
  });
});
