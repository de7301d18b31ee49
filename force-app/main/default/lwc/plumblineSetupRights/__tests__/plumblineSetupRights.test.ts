import createPermissionSet from '@salesforce/apex/PlumblineSetupController.createPermissionSet';
import { click, find, findAll, fire, show } from 'plumbline/testing';
import { newDraft } from 'plumbline/testing-setup';
import { permissionSetXml } from '../permissionSet';
import PlumblineSetupRights from '../plumblineSetupRights';

const missing = [
  { objectName: 'Lead', right: 'viewAll', sentence: 'It cannot read all leads.' },
  { objectName: 'Lead', fieldName: 'Email', right: 'read', sentence: 'It cannot read Lead.Email.' },
];
const body = { userId: '005', userName: 'Integration', missing };

describe('c-plumbline-setup-rights', () => {
  it('N-11: names each missing right, and that nothing goes on before', async () => {
    const element = await show(PlumblineSetupRights, { draft: newDraft({ id: 'a01' }) });
    const rights = jest.fn();
    element.addEventListener('rights', (event) => {
      rights((event as CustomEvent<unknown>).detail);
    });
    expect(find(element, 'c-plumbline-ask')).toMatchObject({ question: { kind: 'rights', details: { draft: 'a01' } } });
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: [] });
    expect(find(element, '[data-id=lacks]')).toMatchObject({
      message: 'The integration user Integration lacks rights that this sync needs: 2.',
    });
    expect(find(element, 'c-plumbline-table')).toMatchObject({
      rows: [{ sentence: 'It cannot read all leads.' }, { sentence: 'It cannot read Lead.Email.' }],
    });
    await expect(element).toBeAccessible();
    await fire(element, 'c-plumbline-ask', 'answered', { body: { ...body, missing: [] }, hidden: [] });
    expect(findAll(element, '[data-id=complete]')).toHaveLength(1);
    expect(rights.mock.calls).toEqual([[{ complete: false }], [{ complete: true }]]);
    await expect(element).toBeAccessible();
  });

  it('shows what was compared before, with when, until it is compared again', async () => {
    const earlier = { body, hidden: [], askedAt: '2026-05-04T12:00:00Z' };
    const element = await show(PlumblineSetupRights, { draft: newDraft({ id: 'a01' }), earlier });
    expect(findAll(element, '[data-id=lacks]')).toHaveLength(1);
    expect(find(element, 'c-plumbline-asked-at')).toMatchObject({ time: earlier.askedAt });
    await fire(element, 'c-plumbline-ask', 'answered', { body: { ...body, missing: [] }, hidden: [] });
    expect(findAll(element, '[data-id=complete]')).toHaveLength(1);
    expect(find(element, 'c-plumbline-asked-at')).toMatchObject({ time: undefined });
  });

  it('N-11: grants them as the admin, and compares again', async () => {
    jest.mocked(createPermissionSet).mockResolvedValue('0PS');
    const element = await show(PlumblineSetupRights, { draft: newDraft({ id: 'a01' }) });
    await fire(element, 'c-plumbline-ask', 'answered', { body, hidden: [] });
    const ask = jest.fn().mockResolvedValue(undefined);
    Object.assign(find(element, 'c-plumbline-ask'), { ask });
    await click(element, '[data-id=grant]');
    expect(createPermissionSet).toHaveBeenCalledWith({ missing });
    expect(find(element, '[data-id=grant]')).toMatchObject({ disabled: false });
  });

  it('N-11: gives them as a permission set for who deploys it by hand', () => {
    const xml = permissionSetXml('Rights', [
      ...missing,
      { ...missing[1], objectName: 'Lead', right: 'edit', sentence: '' },
    ]);
    expect(xml).toMatch(/<editable>true<\/editable>\s*<field>Lead.Email<\/field>/);
    expect(xml).toMatch(/<allowRead>true<\/allowRead>[^]*<object>Lead<\/object>\s*<viewAllRecords>true/);
    expect(xml).toMatch(/<allowEdit>false<\/allowEdit>/);
    const parsed = new DOMParser().parseFromString(xml, 'text/xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
  });
});
