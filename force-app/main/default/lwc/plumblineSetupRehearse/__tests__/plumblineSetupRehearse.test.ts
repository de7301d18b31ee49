import { find, findAll, fire, show, textOf } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import PlumblineSetupRehearse from '../plumblineSetupRehearse';

const draft = newDraft({ id: 'a01' });
const counts = { read: 10, created: 6, updated: 1, unchanged: 0, skipped: 3, held: 0, failed: 0 };
const body = {
  sync: 'leads',
  total: 10,
  planned: 10,
  counts,
  reasonRows: [{ code: 'no-key', outcome: 'skipped', sentence: 'No email.', nextStep: 'Fill it in.', records: 3 }],
  changes: [
    { key: 'ada@example.com', action: 'upsert', fields: [{ source: 'FirstName', path: 'firstName', after: 'Ada' }] },
  ],
  forecast: {
    sourceCalls: 2,
    targetCalls: 1,
    seconds: 0.2,
    org: { read: 2, lookUp: 0, write: 0, tell: 0, echo: 0, report: 3 },
  },
};

describe('c-plumbline-setup-rehearse', () => {
  it('N-11: waits for the rights', async () => {
    const element = await show(PlumblineSetupRehearse, { draft });
    expect(findAll(element, '[data-id=plan]')).toEqual([]);
    const rights = jest.fn();
    element.addEventListener('rights', (event) => {
      rights((event as CustomEvent<unknown>).detail);
    });
    await fire(element, 'c-plumbline-setup-rights', 'rights', { complete: true });
    expect(rights).toHaveBeenCalledWith({ complete: true });
    await expect(element).toBeAccessible();
  });

  it('shows the dry run that was made before, with when', async () => {
    const earlier = { body, hidden: ['Phone'], askedAt: '2026-05-04T12:00:00Z' };
    const element = await show(PlumblineSetupRehearse, { draft, rightsComplete: true, earlier });
    expect(find(element, 'c-plumbline-asked-at')).toMatchObject({ time: earlier.askedAt });
    expect(findAll(element, '[data-change]')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('N-01, N-10: shows field by field what would change, what would not and why, and what it costs', async () => {
    const element = await show(PlumblineSetupRehearse, { draft, rightsComplete: true });
    expect(find(element, '[data-id=plan]')).toMatchObject({
      question: { kind: 'plan', target: 'leads', details: { draft: 'a01', compare: 20 } },
    });
    const rehearsed = jest.fn();
    element.addEventListener('rehearsed', rehearsed);
    await fire(element, '[data-id=plan]', 'answered', { body, hidden: ['Phone'] });
    expect(rehearsed).toHaveBeenCalledTimes(1);
    expect(find(element, 'c-plumbline-counts')).toMatchObject({ counts: { ...counts, balanced: true } });
    expect(textOf(element, '[data-id=forecast]')).toBe(
      'Calls of the first full sync: 5 of Salesforce (2 to read, 3 to show it here), 1 of the other system. It takes about 1 second.',
    );
    expect(find(element, 'c-plumbline-reason')).toMatchObject({ sentence: 'No email.', nextStep: 'Fill it in.' });
    expect(find(element, '[data-change="ada@example.com"] c-plumbline-table')).toMatchObject({
      rows: [{ field: 'firstName', before: '(empty)', after: 'Ada' }],
    });
    await expect(element).toBeAccessible();
  });

  it('says when nothing would change', async () => {
    const element = await show(PlumblineSetupRehearse, { draft, rightsComplete: true });
    await fire(element, '[data-id=plan]', 'answered', { body: { ...body, changes: [] }, hidden: [] });
    expect(findAll(element, '[data-id=nothing]')).toHaveLength(1);
  });
});
