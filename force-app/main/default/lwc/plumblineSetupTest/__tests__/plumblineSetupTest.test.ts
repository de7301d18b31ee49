import { find, findAll, fire, show } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblineSetupTest from '../plumblineSetupTest';

const record = '00Q000000000001AAA';
const field = { source: 'Email', target: 'email', salesforce: 'a@example.com', system: 'a@example.com', same: true };

async function previewed(): Promise<HTMLElement> {
  const element = await show(PlumblineSetupTest, { draft: newDraft({ id: 'a01' }), allowed: true });
  await fire(element, 'c-plumbline-preview', 'previewed', { record });
  return element;
}

describe('c-plumbline-setup-test', () => {
  it('P-46: writes nothing before the record was previewed and its writing agreed to', async () => {
    const element = await show(PlumblineSetupTest, { draft: newDraft({ id: 'a01' }), allowed: true });
    expect(findAll(element, '[data-id=test]')).toEqual([]);
    await fire(element, 'c-plumbline-preview', 'previewed', { record });
    expect(find(element, '[data-id=test]')).toMatchObject({ question: undefined });
    await fire(element, '[data-id=agree]', 'change', { checked: true });
    expect(find(element, '[data-id=test]')).toMatchObject({
      question: { kind: 'test', target: `leads/${record}`, details: { draft: 'a01' } },
    });
    await expect(element).toBeAccessible();
    await fire(element, 'c-plumbline-preview', 'previewed', { record: '00Q000000000002AAA' });
    expect(find(element, '[data-id=test]')).toMatchObject({ question: undefined });
  });

  it('P-46: shows both sides, and says that they are the same', async () => {
    const element = await previewed();
    const tested = jest.fn();
    element.addEventListener('tested', tested);
    const link = { system: 'Mailer', address: 'https://app.example.com/1' };
    const body = { record, outcome: 'created', link, fields: [field] };
    await fire(element, '[data-id=test]', 'answered', { body, hidden: [] });
    expect(find(element, '[data-id=result]')).toMatchObject({ variant: 'success' });
    expect(find(element, 'c-plumbline-table')).toMatchObject({
      rows: [{ salesforce: 'a@example.com', system: 'a@example.com', same: 'Yes', marked: false }],
    });
    expect(find(element, 'c-plumbline-system-link')).toMatchObject({ page: link });
    expect(tested).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it.each([
    [{ record, outcome: 'failed', sentence: 'It was rejected.', nextStep: 'Mend it.', fields: [] }, 'It was rejected.'],
    [{ record, outcome: 'updated', fields: [{ ...field, same: false }] }, 'The two sides differ.'],
  ])('tells what went wrong, and lets nobody think that it worked', async (body, message) => {
    const element = await previewed();
    const tested = jest.fn();
    element.addEventListener('tested', tested);
    await fire(element, '[data-id=test]', 'answered', { body, hidden: [] });
    expect(find(element, '[data-id=result]')).toMatchObject({ variant: 'error', message });
    expect(tested).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('shows what was tested before, with when, until another record is previewed', async () => {
    const body = { record, outcome: 'created', fields: [field] };
    const earlier = { body, hidden: ['Phone'], askedAt: '2026-05-04T12:00:00Z' };
    const element = await show(PlumblineSetupTest, { draft: newDraft({ id: 'a01' }), allowed: true, earlier });
    expect(find(element, '[data-id=result]')).toMatchObject({ variant: 'success' });
    expect(find(element, 'c-plumbline-asked-at')).toMatchObject({ time: earlier.askedAt });
    await expect(element).toBeAccessible();
    await fire(element, 'c-plumbline-preview', 'previewed', { record });
    expect(findAll(element, '[data-id=result]')).toEqual([]);
    expect(find(element, '[data-id=test]')).toMatchObject({ question: undefined });
  });

  it('is not offered to who may not activate', async () => {
    const element = await show(PlumblineSetupTest, { draft: newDraft({ id: 'a01' }) });
    await fire(element, 'c-plumbline-preview', 'previewed', { record });
    expect(findAll(element, '[data-id=test]')).toEqual([]);
    expect(findAll(element, '[data-id=not-allowed]')).toHaveLength(1);
  });
});
