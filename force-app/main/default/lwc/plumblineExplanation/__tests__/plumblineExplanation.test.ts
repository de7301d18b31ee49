import { find, show, textOf } from 'plumbline/testing';
import PlumblineExplanation from '../plumblineExplanation';

const at = Date.parse('2026-05-04T12:00:00Z');

describe('c-plumbline-explanation', () => {
  it('N-03, N-04: tells the planner’s answer, the last sync, the link and the history of each field', async () => {
    const element = await show(PlumblineExplanation, {
      explanation: {
        sync: 'leads',
        source: '00Q000000000001AAA',
        outcome: 'skipped',
        reason: 'no-key',
        sentence: 'The field that identifies the record is empty.',
        nextStep: 'Fill it in.',
        waiting: true,
        last: { outcome: 'failed', sentence: 'It was refused.', at, run: 'r1' },
        lastSync: at - 60_000,
        link: { system: 'Mailer', address: 'https://app.example.com/users/1' },
        exchange: { at, request: 'POST /api/users/bulkUpdate', reply: '200' },
        fields: [
          {
            source: 'Email',
            target: 'email',
            value: 'ada@example.com',
            system: 'Iterable',
            writtenAt: at,
            replaced: '',
          },
          { source: 'Score__c', target: 'dataFields.Score', system: 'Salesforce' },
        ],
      },
    });
    expect(find(element, 'c-plumbline-reason')).toMatchObject({ outcome: 'skipped', nextStep: 'Fill it in.' });
    expect(textOf(element, '[data-id=waiting]')).toMatch(/waits to be sent/);
    expect(textOf(element, '[data-id=last-sync] span')).toMatch(/ago$/);
    expect(textOf(element, '[data-id=last-time]')).toMatch(/It was refused\.$/);
    expect(find(element, 'c-plumbline-system-link')).toMatchObject({ page: { system: 'Mailer' } });
    expect(textOf(element, '[data-id=exchange]')).toMatch(/^The last exchange.*POST .api.users.bulkUpdate200$/);
    expect(find(element, 'c-plumbline-table')).toMatchObject({
      rows: [
        { field: 'Email → email', value: 'ada@example.com', system: 'Iterable', replaced: '(empty)' },
        { field: 'Score__c → dataFields.Score', value: '(empty)', when: '', replaced: '' },
      ],
    });
    await expect(element).toBeAccessible();
  });

  it('names what the reader may not see, and shows nothing of it', async () => {
    const explanation = {
      ...{ sync: 'leads', source: '1', outcome: 'unchanged', sentence: 'Same.', waiting: false },
      fields: [{ source: 'Salary__c', target: 'dataFields.Salary', system: 'Salesforce', hidden: true }],
    };
    const element = await show(PlumblineExplanation, { explanation, hiddenFields: ['Salary__c', 'Email'] });
    expect(textOf(element, '[data-id=hidden]')).toBe(
      'Not shown, since you may not see these fields: Salary__c, Email.',
    );
    expect(textOf(element, '[data-id=last-sync]')).toBe('Last sync: Never');
    expect(find(element, 'c-plumbline-table')).toMatchObject({ rows: [{ value: '(not shown)' }] });
    await expect(element).toBeAccessible();
  });
});
