import exportIssues from '@salesforce/apex/PlumblineIssueController.exportIssues';
import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, settle, show, textOf } from 'plumbline/testing';
import type { Cause } from 'plumbline/health';
import PlumblineCauses from '../plumblineCauses';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));
const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const NavigationMixin = (base: new () => object): unknown =>
    class extends base {
      [Navigate](page: unknown): void {
        mockNavigate(page);
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate }) };
});

const cause: Cause = {
  reasonCode: 'not-allowed',
  sentence: 'It was stopped before it left.',
  nextStep: 'Take it out of the field mappings.',
  outcome: 'failed',
  syncName: 'leads',
  syncId: 'a01',
  records: 1200,
  lastSeen: new Date(Date.now() - 60_000).toISOString(),
};
const onRecords: Cause = { ...cause, reasonCode: 'no-key', records: 1, outcome: 'skipped' };
const admin = { causes: [cause, onRecords], canOperate: true, canAdminister: true };
const first = '[data-cause="leads/not-allowed"]';

describe('c-plumbline-causes', () => {
  it('K-14: shows each cause as a sentence with its count and what to do', async () => {
    const element = await show(PlumblineCauses, admin);
    expect(findAll(element, '[data-id=total]').map((total) => total.textContent)).toEqual([
      '1,200 records of leads',
      '1 record of leads',
    ]);
    expect(find(element, `${first} c-plumbline-reason`)).toMatchObject({
      outcome: 'failed',
      sentence: cause.sentence,
      nextStep: cause.nextStep,
    });
    await expect(element).toBeAccessible();
  });

  it('goes to the step of the assistant that mends it; others are mended on their records', async () => {
    const element = await show(PlumblineCauses, admin);
    expect(findAll(element, '[data-id=fix]')).toHaveLength(1);
    await click(element, `${first} [data-id=fix]`);
    expect(mockNavigate).toHaveBeenCalledWith(
      expect.objectContaining({ state: { c__sync: 'a01', c__step: 'fields' } }),
    );
    await click(element, `${first} [data-id=toggle]`);
    expect(find(element, 'c-plumbline-issue-list')).toMatchObject({ syncName: 'leads', reasonCode: 'not-allowed' });
    await click(element, `${first} [data-id=toggle]`);
    expect(findAll(element, 'c-plumbline-issue-list')).toEqual([]);
  });

  it('retries all records of a cause, and tells how many', async () => {
    jest.mocked(askWorker).mockResolvedValue({ body: { queued: 1200 }, hidden: [] });
    const element = await show(PlumblineCauses, admin);
    // Anything but `false`, an empty text too, disables a base button.
    expect(find(element, `${first} [data-id=retry]`)).toMatchObject({ disabled: false });
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', (event) => {
      toast((event as CustomEvent<{ title: string }>).detail.title);
    });
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    await click(element, `${first} [data-id=retry]`);
    expect(askWorker).toHaveBeenCalledWith({ kind: 'retry', target: 'leads', details: { reason: 'not-allowed' } });
    expect(toast).toHaveBeenCalledWith('1,200 records are queued to be tried again.');
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('exports a cause as a file', async () => {
    jest.mocked(exportIssues).mockResolvedValue('Record\n00Q');
    const links: HTMLAnchorElement[] = [];
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      links.push(this);
    });
    const element = await show(PlumblineCauses, admin);
    await click(element, `${first} [data-id=export]`);
    await settle();
    expect(links).toMatchObject([
      { download: 'leads-not-allowed.csv', href: 'data:text/csv;charset=utf-8,Record%0A00Q' },
    ]);
  });

  it('offers a viewer nothing that changes something', async () => {
    const element = await show(PlumblineCauses, { causes: [cause] });
    expect(findAll(element, 'lightning-button').map((button) => button.dataset['id'])).toEqual(['toggle', 'export']);
    expect(textOf(element, '[data-id=total]')).toBe('1,200 records of leads');
  });

  it('says that nothing is open', async () => {
    expect(find(await show(PlumblineCauses, { causes: [] }), 'c-plumbline-state')).toMatchObject({ empty: true });
  });
});
