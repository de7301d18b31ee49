import { download, zipOf } from 'c/plumblineZip';
import { click, find, findAll, fire, show, textOf } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import type { FieldsAnswer } from 'plumbline/answers';
import PlumblineSetupProposals from '../plumblineSetupProposals';

jest.mock('c/plumblineZip', () => ({ download: jest.fn(), zipOf: jest.fn(() => new Uint8Array([1])) }));

const draft = newDraft({ id: 'a01', name: 'figures', connectionName: 'usage', direction: 'systemToSalesforce' });
const answer: FieldsAnswer = {
  plan: {
    object: 'Account',
    proposals: [
      {
        source: 'timeOnSite',
        sourceLabel: 'Time on site',
        target: 'Meter_TimeOnSite_Last30Days__c',
        label: 'Time on site',
        shape: { type: 'Number', precision: 18, scale: 2 },
        exists: false,
      },
      {
        source: 'plan',
        sourceLabel: 'Plan',
        target: 'Meter_Plan__c',
        transform: 'text',
        label: 'Plan',
        shape: { type: 'Text', length: 80 },
        exists: true,
      },
      { source: 'accountId', sourceLabel: 'Account ID', cannotUse: 'It is the key.' },
    ],
  },
  period: 'Last 30 days',
  notes: ['It holds visitor data, too.'],
  package: { files: { 'package.xml': '<Package/>' }, note: 'Please make these fields.' },
  writable: [],
};

async function answered(given: Partial<FieldsAnswer> = {}, more = {}) {
  const element = await show(PlumblineSetupProposals, { draft, ...more });
  await fire(element, '[data-id=propose]', 'answered', { body: { ...answer, ...given }, hidden: [] });
  return element;
}

describe('c-plumbline-setup-proposals', () => {
  it('P-41, P-42: proposes a field for each column, with its type, and says which are there', async () => {
    const element = await answered();
    expect(find(element, '[data-id=propose]')).toMatchObject({
      question: { kind: 'fields', target: 'usage', details: { draft: 'a01', package: true } },
    });
    expect(find(element, 'c-plumbline-table')).toMatchObject({
      rows: [
        { column: 'Time on site', field: 'Meter_TimeOnSite_Last30Days__c', type: 'Number(16, 2)', state: 'To be made' },
        { column: 'Plan', field: 'Meter_Plan__c', type: 'Text(80)', state: 'Is there' },
        { column: 'Account ID', field: '', state: 'It is the key.' },
      ],
    });
    expect(textOf(element, '[data-id=period-text]')).toContain('Last 30 days');
    await expect(element).toBeAccessible();
  });

  it('P-50: warns of what the system says of the columns', async () => {
    const element = await answered();
    expect(find(element, '[data-id=note]')).toMatchObject({
      variant: 'warning',
      message: 'It holds visitor data, too.',
    });
  });

  it('P-41, P-65: says how the fields come to be: a command of the admin, or files and a note to hand on', async () => {
    const element = await answered();
    expect(find(element, '[data-id=lacks]')).toMatchObject({ message: 'Fields still to be made on Account: 1.' });
    expect(textOf(element, '[data-id=command]')).toBe('plumbline fields deploy figures --target-org your-own-login');
    await click(element, '[data-id=files]');
    expect(zipOf).toHaveBeenCalledWith({ 'package.xml': '<Package/>' });
    expect(download).toHaveBeenLastCalledWith('figures-fields.zip', 'application/zip', new Uint8Array([1]));
    await click(element, '[data-id=admin-note]');
    const note = new TextEncoder().encode('Please make these fields.');
    expect(download).toHaveBeenLastCalledWith('figures-fields.txt', 'text/plain', note);
  });

  it('hands on the span of time that was typed, to the worker and to the command', async () => {
    const element = await show(PlumblineSetupProposals, { draft });
    await fire(element, '[data-id=period]', 'change', { value: ' Last 7 days ' });
    expect(find(element, '[data-id=propose]')).toMatchObject({ question: { details: { period: 'Last 7 days' } } });
    await fire(element, '[data-id=propose]', 'answered', { body: answer, hidden: [] });
    expect(textOf(element, '[data-id=command]')).toMatch(/--period "Last 7 days"$/);
  });

  it('maps the columns whose fields are there, and each once', async () => {
    const element = await answered();
    const added = jest.fn();
    element.addEventListener('add', (event) => {
      added((event as CustomEvent<unknown>).detail);
    });
    await click(element, '[data-id=add]');
    expect(added).toHaveBeenCalledWith({
      mappings: [{ source: 'plan', target: 'Meter_Plan__c', transform: 'text' }],
    });
    const mappings = [{ source: 'plan', target: 'Meter_Plan__c', blank: 'keep', position: 1 }];
    const mapped = await answered({}, { draft: { ...draft, mappings } });
    expect(findAll(mapped, '[data-id=add]')).toEqual([]);
  });

  it('has nothing to make when every field is there', async () => {
    const proposals = answer.plan.proposals.slice(1);
    const element = await answered({ plan: { object: 'Account', proposals } });
    expect(findAll(element, '[data-id=lacks]')).toEqual([]);
  });
});
