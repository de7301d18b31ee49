import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, fire, settle, show } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import type { SystemOffer, SystemSync } from 'plumbline/answers';
import PlumblineSetupTemplates from '../plumblineSetupTemplates';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const pull: SystemSync = {
  name: 'usage-accounts',
  connection: 'usage',
  direction: 'salesforceToSystem',
  salesforceObject: 'Account',
  systemObject: 'account',
  key: { source: 'Id', target: 'accountId' },
  include: 'all',
  precedence: 1,
  rules: { create: false, update: true, delete: 'ignore' },
  schedule: { pollSeconds: 86_400, sweepAt: '02:00' },
  mappings: [{ source: 'Name', target: 'name', blank: 'keep' }],
};
const push: SystemSync = {
  ...pull,
  name: 'usage-figures',
  direction: 'systemToSalesforce',
  systemObject: 'account-report/usage',
  key: { source: 'accountId', target: 'Id' },
};
const offer: SystemOffer = {
  name: 'meter',
  label: 'Meter',
  settings: [],
  beforehand: ['Begin with accounts.'],
  freshness: 'Lists show it within an hour.',
  syncs: [pull, push],
};
const connection = { id: 'a00', name: 'usage', systemName: 'meter', paused: false };
const { id: _id, ...draft } = newDraft({});
const shown = { connection, draft, workerAlive: true };

const changesOf = (element: HTMLElement): unknown[] => {
  const changes: unknown[] = [];
  element.addEventListener('draftchange', (event) => {
    changes.push((event as CustomEvent<unknown>).detail);
  });
  return changes;
};

beforeEach(() => {
  jest.mocked(askWorker).mockReset();
  jest.mocked(askWorker).mockResolvedValue({ body: { systems: [offer] }, hidden: [] });
});

describe('c-plumbline-setup-templates', () => {
  it('begins a draft that nothing was chosen for with objects that the system has', async () => {
    const element = await show(PlumblineSetupTemplates, {
      ...shown,
      workerAlive: false,
      draft: { ...draft, name: '' },
    });
    const changes = changesOf(element);
    Object.assign(element, { workerAlive: true });
    await settle();
    expect(changes).toEqual([expect.objectContaining({ salesforceObject: 'Account', systemObject: 'account' })]);
    expect(changes[0]).not.toHaveProperty('name');
    const named = await show(PlumblineSetupTemplates, { ...shown, workerAlive: false });
    const none = changesOf(named);
    Object.assign(named, { workerAlive: true });
    await settle();
    expect(none).toEqual([]);
  });

  it('P-11, P-12, P-35: says what the system of the connection offers, what to know before, and when it is seen', async () => {
    const element = await show(PlumblineSetupTemplates, shown);
    expect(askWorker).toHaveBeenCalledWith({ kind: 'systems', target: 'usage' });
    expect(findAll(element, '[data-id=beforehand]').map((each) => (each as { message?: string }).message)).toEqual([
      'Begin with accounts.',
      'Lists show it within an hour.',
    ]);
    expect(findAll(element, 'lightning-button').map((each) => (each as { label?: string }).label)).toEqual([
      'usage-accounts: Account → Meter account',
      'usage-figures: Meter account-report/usage → Account',
    ]);
    await expect(element).toBeAccessible();
  });

  it('P-11: a template fills in all but the mappings, which are suggested later', async () => {
    const element = await show(PlumblineSetupTemplates, shown);
    const changes = changesOf(element);
    await click(element, '[data-name=usage-figures]');
    expect(changes).toEqual([
      {
        name: 'usage-figures',
        direction: 'systemToSalesforce',
        salesforceObject: 'Account',
        systemObject: 'account-report/usage',
        keySource: 'accountId',
        keyTarget: 'Id',
        include: 'all',
        precedence: 1,
        createRecords: false,
        updateRecords: true,
        onDelete: 'ignore',
        onDuplicate: null,
        pollSeconds: 86_400,
        sweepAt: '02:00',
      },
    ]);
  });

  it('turns key and direction together, and not once fields are mapped', async () => {
    const element = await show(PlumblineSetupTemplates, shown);
    const changes = changesOf(element);
    await fire(element, '[data-id=direction]', 'change', { value: 'systemToSalesforce' });
    expect(changes).toEqual([{ direction: 'systemToSalesforce', keySource: 'email', keyTarget: 'Email' }]);
    const mappings = [{ source: 'a', target: 'b', blank: 'keep', position: 1 }];
    const mapped = await show(PlumblineSetupTemplates, { ...shown, draft: newDraft({ mappings }) });
    expect(find(mapped, '[data-id=direction]')).toMatchObject({ disabled: true });
  });

  it('lets one choose among what the account offers, once the draft is saved', async () => {
    const element = await show(PlumblineSetupTemplates, { ...shown, draft: newDraft({ id: 'a01' }) });
    expect(findAll(element, '[data-name]')).toEqual([]);
    expect(find(element, '[data-id=offers]')).toMatchObject({
      question: { kind: 'describe', target: 'iterable', details: { draft: 'a01', objects: true } },
    });
    await fire(element, '[data-id=offers]', 'answered', {
      body: { objects: [{ name: 'account-report/r1', label: 'Usage' }] },
      hidden: [],
    });
    expect(find(element, '[data-id=object]')).toMatchObject({
      options: [{ label: 'Usage (account-report/r1)', value: 'account-report/r1' }],
    });
    const changes = changesOf(element);
    await fire(element, '[data-id=object]', 'change', { value: 'account-report/r1' });
    expect(changes).toEqual([{ systemObject: 'account-report/r1' }]);
    await expect(element).toBeAccessible();
  });

  it('tells the page of every system, asks anew for another connection, and nothing while no worker runs', async () => {
    const silent = await show(PlumblineSetupTemplates, { ...shown, workerAlive: false });
    expect(askWorker).not.toHaveBeenCalled();
    silent.remove();
    const element = await show(PlumblineSetupTemplates, { ...shown, connection: undefined });
    expect(askWorker).toHaveBeenLastCalledWith({ kind: 'systems', target: '*' });
    const systems = jest.fn();
    element.addEventListener('systems', (event) => {
      systems((event as CustomEvent<unknown>).detail);
    });
    element.connection = connection;
    await settle();
    expect(askWorker).toHaveBeenLastCalledWith({ kind: 'systems', target: 'usage' });
    expect(systems).toHaveBeenCalledWith({ systems: [offer] });
  });

  it('says why it knows nothing, and asks again', async () => {
    jest.mocked(askWorker).mockRejectedValueOnce(new Error('It broke.'));
    const element = await show(PlumblineSetupTemplates, shown);
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
    await fire(element, 'c-plumbline-state', 'again', {});
    expect(findAll(element, 'c-plumbline-state')).toEqual([]);
    expect(findAll(element, 'lightning-button')).toHaveLength(2);
  });
});
