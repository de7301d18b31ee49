import { CurrentPageReference } from 'lightning/navigation';
import getDraft from '@salesforce/apex/PlumblineSetupController.getDraft';
import getLastAnswers from '@salesforce/apex/PlumblineSetupController.getLastAnswers';
import getObjects from '@salesforce/apex/PlumblineSetupController.getObjects';
import getSetup from '@salesforce/apex/PlumblineSetupController.getSetup';
import saveDraft from '@salesforce/apex/PlumblineSetupController.saveDraft';
import { click, find, findAll, fire, settle, show, textOf } from 'plumbline/testing';
import { newDraft, setupOf } from 'plumbline/testing-setup';
import PlumblineSetup from '../plumblineSetup';

const mappings = [{ source: 'Email', target: 'email', blank: 'keep', position: 1 }];
const begun = newDraft({ id: 'a01', mappings });
const goTo = (state: Record<string, string>): void => {
  (CurrentPageReference as unknown as { emit(page: object): void }).emit({ type: 'x', attributes: {}, state });
};

describe('c-plumbline-setup', () => {
  beforeEach(() => {
    jest.mocked(getLastAnswers).mockResolvedValue([]);
    jest.mocked(getObjects).mockResolvedValue([]);
  });

  it('goes on after a reload with what was answered before, until the draft changes', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({ syncs: [begun] }));
    const answered = (kind: string, body: object): object => ({
      ...{ id: kind, kind, status: 'Done', workerAlive: false, askedAt: '2026-05-04T12:00:00Z' },
      answerJson: JSON.stringify({ ok: true, body }),
    });
    const counts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, held: 0, failed: 0 };
    const org = { read: 1, lookUp: 0, write: 0, tell: 0, echo: 0, report: 0 };
    const forecast = { org, sourceCalls: 1, targetCalls: 1, seconds: 1 };
    const plan = { sync: 'leads', total: 0, planned: 0, counts, reasonRows: [], changes: [], forecast };
    const answers = [
      answered('rights', { userName: 'Worker', missing: [] }),
      answered('plan', plan),
      answered('test', { record: 'r', outcome: 'created', fields: [] }),
    ];
    jest.mocked(getLastAnswers).mockResolvedValue(answers as never);
    const element = await show(PlumblineSetup);
    goTo({ c__sync: 'a01', c__step: 'live' });
    await settle();
    expect(getLastAnswers).toHaveBeenCalledWith({ syncId: 'a01' });
    expect(find(element, 'c-plumbline-setup-live')).toMatchObject({ waitsFor: '' });
    await click(element, '[data-id=back]');
    expect(find(element, 'c-plumbline-setup-test')).toMatchObject({ earlier: { body: { record: 'r' } } });
    await click(element, '[data-id=back]');
    expect(find(element, 'c-plumbline-setup-rehearse')).toMatchObject({
      rightsComplete: true,
      earlier: { askedAt: '2026-05-04T12:00:00Z' },
    });
    await click(element, '[data-id=back]');
    await fire(element, 'c-plumbline-setup-rules', 'draftchange', { pollSeconds: 300 });
    jest.mocked(saveDraft).mockResolvedValue('a01');
    jest.mocked(getDraft).mockResolvedValue(begun);
    jest.mocked(getLastAnswers).mockResolvedValue([]);
    await click(element, '[data-id=next]');
    expect(find(element, 'c-plumbline-setup-rehearse')).toMatchObject({ rightsComplete: false, earlier: undefined });
  });

  it('says when what was answered before cannot be read, and stays usable', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({ syncs: [begun] }));
    const element = await show(PlumblineSetup);
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', (event) => {
      toast((event as CustomEvent<unknown>).detail);
    });
    jest.mocked(getLastAnswers).mockRejectedValue({ body: { message: 'It broke.' } });
    await click(element, '[data-id=back]');
    expect(toast).toHaveBeenCalledWith(expect.objectContaining({ message: 'It broke.' }));
    expect(findAll(element, 'c-plumbline-setup-rules')).toHaveLength(1);
  });

  it('begins at the connection, and names what is missing before it goes on', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({}));
    const element = await show(PlumblineSetup);
    expect(textOf(element, '[data-id=step]')).toBe('Step 1 of 9: Connect');
    await expect(element).toBeAccessible();
    await click(element, '[data-id=next]');
    expect(find(element, '[data-id=lack]')).toMatchObject({ message: expect.stringMatching(/name/) as string });
    expect(saveDraft).not.toHaveBeenCalled();
  });

  it('saves the draft at each step, all of it, and goes on with what the org holds', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({}));
    jest.mocked(saveDraft).mockResolvedValue('a01');
    jest.mocked(getDraft).mockResolvedValue(newDraft({ id: 'a01' }));
    const element = await show(PlumblineSetup);
    await fire(element, 'c-plumbline-setup-connect', 'draftchange', { name: 'leads' });
    await click(element, '[data-id=next]');
    expect(saveDraft).toHaveBeenCalledWith({
      draft: expect.objectContaining({ name: 'leads', connectionId: 'a00', paused: true }) as unknown,
    });
    expect(find(element, 'c-plumbline-setup-rights')).toMatchObject({ draft: { id: 'a01' } });
    await click(element, '[data-id=next]');
    expect(saveDraft).toHaveBeenCalledTimes(1);
    expect(findAll(element, 'c-plumbline-setup-records')).toHaveLength(1);
    await click(element, '[data-id=back]');
    expect(findAll(element, 'c-plumbline-setup-rights')).toHaveLength(1);
  });

  it('stays where it is when the org refuses, and says why', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({ syncs: [newDraft({ id: 'a01' })] }));
    jest.mocked(saveDraft).mockRejectedValueOnce({ body: { message: 'Key_Source__c is no field.' } });
    const element = await show(PlumblineSetup);
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', (event) => {
      toast((event as CustomEvent<unknown>).detail);
    });
    await click(element, '[data-id=next]');
    await fire(element, 'c-plumbline-setup-records', 'draftchange', { include: 'IsConverted = false' });
    await click(element, '[data-id=next]');
    expect(toast).toHaveBeenCalledWith(expect.objectContaining({ message: 'Key_Source__c is no field.' }));
    expect(findAll(element, 'c-plumbline-setup-records')).toHaveLength(1);
  });

  it('goes on with a draft that was left, and opens the step that a link names', async () => {
    jest
      .mocked(getSetup)
      .mockResolvedValue(setupOf({ syncs: [begun, newDraft({ id: 'a02', name: 'contacts', mappings })] }));
    const element = await show(PlumblineSetup);
    expect(findAll(element, 'c-plumbline-setup-rehearse')).toHaveLength(1);
    goTo({ c__sync: 'a02', c__step: 'fields' });
    await settle();
    expect(find(element, 'c-plumbline-setup-fields')).toMatchObject({ draft: { name: 'contacts' } });
    await fire(element, '[data-id=sync]', 'change', { value: 'new' });
    expect(find(element, 'c-plumbline-setup-connect')).toMatchObject({ draft: { name: '' } });
  });

  it('forgets what was seen of a draft as soon as it changes', async () => {
    jest.mocked(getSetup).mockResolvedValue(setupOf({ syncs: [begun] }));
    goTo({});
    const element = await show(PlumblineSetup);
    await fire(element, 'c-plumbline-setup-rehearse', 'rights', { complete: true });
    expect(find(element, 'c-plumbline-setup-rehearse')).toMatchObject({ rightsComplete: true });
    await fire(element, 'c-plumbline-setup-rehearse', 'rehearsed', {});
    await click(element, '[data-id=next]');
    await fire(element, 'c-plumbline-setup-test', 'tested', {});
    await click(element, '[data-id=next]');
    expect(find(element, 'c-plumbline-setup-live')).toMatchObject({ allowed: true, waitsFor: '' });
    await click(element, '[data-id=back]');
    await click(element, '[data-id=back]');
    await click(element, '[data-id=back]');
    await fire(element, 'c-plumbline-setup-rules', 'draftchange', { updateRecords: false });
    jest.mocked(saveDraft).mockResolvedValue('a01');
    jest.mocked(getDraft).mockResolvedValue({ ...begun, updateRecords: false });
    await click(element, '[data-id=next]');
    expect(find(element, 'c-plumbline-setup-rehearse')).toMatchObject({ rightsComplete: false });
  });

  it('is not for who may not administer, and tells a fault', async () => {
    const rights = { canAsk: true, canOperate: false, canAdminister: false, canActivate: false };
    jest.mocked(getSetup).mockResolvedValueOnce(setupOf({ rights }));
    const viewer = await show(PlumblineSetup);
    expect(find(viewer, 'c-plumbline-state')).toMatchObject({ problem: { denied: true } });
    jest.mocked(getSetup).mockRejectedValueOnce(new Error('It broke.'));
    const broken = await show(PlumblineSetup);
    expect(find(broken, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
    await expect(broken).toBeAccessible();
  });
});
