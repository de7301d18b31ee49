import getObjects from '@salesforce/apex/PlumblineSetupController.getObjects';
import saveConnection from '@salesforce/apex/PlumblineSetupController.saveConnection';
import { click, find, findAll, fire, show, textOf } from 'plumbline/testing';
import { newDraft, setupOf } from 'plumbline/testing-setup';
import PlumblineSetupConnect from '../plumblineSetupConnect';

const listen = (element: HTMLElement, type: string): jest.Mock => {
  const heard = jest.fn();
  element.addEventListener(type, (event) => {
    heard((event as CustomEvent<unknown>).detail);
  });
  return heard;
};

const region = {
  name: 'region',
  label: 'Data centre',
  options: [
    { value: 'us', label: 'United States' },
    { value: 'eu', label: 'Europe' },
  ],
  value: 'eu',
};
const offerOf = (name: string, label: string): object => ({
  ...{ name, label, settings: [region], beforehand: [], syncs: [] },
});

describe('c-plumbline-setup-connect', () => {
  beforeEach(() => {
    jest.mocked(getObjects).mockResolvedValue([]);
  });

  it('says where one is, and that no worker runs and what to start', async () => {
    const element = await show(PlumblineSetupConnect, { setup: setupOf({ workerAlive: false }), draft: newDraft({}) });
    expect(textOf(element, '[data-id=org]')).toMatch(/sandbox.*00D000000000001AAA.*Ada/);
    expect(find(element, '[data-id=no-worker]')).toMatchObject({ variant: 'warning' });
    await expect(element).toBeAccessible();
  });

  it('makes a connection, which never holds a secret, and takes it', async () => {
    jest.mocked(saveConnection).mockResolvedValue('a00');
    const element = await show(PlumblineSetupConnect, { setup: setupOf({ connections: [] }), draft: newDraft({}) });
    const [changed, connections] = [listen(element, 'draftchange'), listen(element, 'connections')];
    await fire(element, 'c-plumbline-setup-templates', 'systems', { systems: [offerOf('iterable', 'Iterable')] });
    expect(find(element, '.slds-box [data-part=name]')).toMatchObject({ value: 'iterable' });
    await fire(element, '.slds-box [data-part=name]', 'change', { value: 'iterable' });
    await click(element, '[data-id=save-connection]');
    expect(saveConnection).toHaveBeenCalledWith({
      draft: expect.objectContaining({
        ...{ name: 'iterable', systemName: 'iterable', settingsJson: '{"region":"eu"}' },
      }) as unknown,
    });
    expect(changed).toHaveBeenCalledWith({ connectionId: 'a00', connectionName: 'iterable' });
    expect(connections).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('hands on what is chosen', async () => {
    const element = await show(PlumblineSetupConnect, { setup: setupOf({}), draft: newDraft({}) });
    const changed = listen(element, 'draftchange');
    await fire(element, '[data-id=connection]', 'change', { value: 'a00' });
    await fire(element, '[data-part=salesforceObject]', 'picked', { value: 'Contact' });
    expect(changed.mock.calls).toEqual([
      [{ connectionId: 'a00', connectionName: 'iterable' }],
      [{ salesforceObject: 'Contact' }],
    ]);
    expect(findAll(element, 'c-plumbline-ask')).toEqual([]);
  });

  it('shows what the worker reaches, and which secret it lacks by the name of its variable', async () => {
    const draft = newDraft({ id: 'a01' });
    const element = await show(PlumblineSetupConnect, { setup: setupOf({}), draft });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({
      question: { kind: 'check', target: 'leads', details: { draft: 'a01' } },
    });
    const body = {
      checks: [{ name: 'connection iterable', ok: false, detail: 'refused', actions: ['Connect again.'] }],
      secrets: [{ connection: 'iterable', present: false, variable: 'PLUMBLINE_ITERABLE_API_KEY' }],
    };
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: [] });
    expect(findAll(element, '[data-id=check]')).toMatchObject([
      { variant: 'error', message: 'connection iterable: refused', nextStep: 'Connect again.' },
      { variant: 'error', nextStep: expect.stringMatching(/PLUMBLINE_ITERABLE_API_KEY/) as string },
    ]);
    await expect(element).toBeAccessible();
  });

  it('offers no system while no worker runs, which alone knows what it can connect, and looks again', async () => {
    const setup = setupOf({ connections: [], workerAlive: false });
    const element = await show(PlumblineSetupConnect, { setup, draft: newDraft({}) });
    expect(findAll(element, '[data-id=system]')).toEqual([]);
    const connections = listen(element, 'connections');
    await click(element, '[data-id=look-again]');
    expect(connections).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('offers what the worker can connect, with the settings that each asks for', async () => {
    const element = await show(PlumblineSetupConnect, { setup: setupOf({ connections: [] }), draft: newDraft({}) });
    const systems = [offerOf('iterable', 'Iterable'), offerOf('meter', 'Meter')];
    await fire(element, 'c-plumbline-setup-templates', 'systems', { systems });
    expect(find<HTMLElement & { options: unknown[] }>(element, '[data-id=system]').options).toMatchObject([
      { label: 'Iterable', value: 'iterable' },
      { label: 'Meter', value: 'meter' },
    ]);
    await fire(element, '[data-id=system]', 'change', { value: 'meter' });
    expect(find(element, '[data-setting=region]')).toMatchObject({ label: 'Data centre', value: 'eu' });
    const changed = jest.fn();
    element.addEventListener('draftchange', (event) => {
      changed((event as CustomEvent<unknown>).detail);
    });
    await fire(element, 'c-plumbline-setup-templates', 'draftchange', { direction: 'systemToSalesforce' });
    expect(changed).toHaveBeenCalledWith({ direction: 'systemToSalesforce' });
    await expect(element).toBeAccessible();
  });
});
