import { find, findAll, settle, show } from 'plumbline/testing';
import PlumblineRecordLink from '../plumblineRecordLink';

describe('c-plumbline-record-link', () => {
  it('is a link with an address, named by its label or else by the ID', async () => {
    const element = await show(PlumblineRecordLink, { recordId: '00Q000000000001AAA' });
    expect(find(element, 'a').textContent).toBe('00Q000000000001AAA');
    expect(find(element, 'a').getAttribute('href')).toBe('https://www.example.com');
    element.label = 'Ada';
    await settle();
    expect(find(element, 'a').textContent).toBe('Ada');
    await expect(element).toBeAccessible();
  });

  it('goes there without a reload, and leaves new tabs to the browser', async () => {
    const element = await show(PlumblineRecordLink, { recordId: '00Q000000000001AAA' });
    const plain = new MouseEvent('click', { cancelable: true });
    const newTab = new MouseEvent('click', { cancelable: true, ctrlKey: true });
    find(element, 'a').dispatchEvent(plain);
    find(element, 'a').dispatchEvent(newTab);
    expect([plain.defaultPrevented, newTab.defaultPrevented]).toEqual([true, false]);
  });

  it('is text for the record of a system, which has no page here', async () => {
    const element = await show(PlumblineRecordLink, { recordId: 'acme-17' });
    expect(findAll(element, 'a')).toEqual([]);
    expect(find(element, 'span').textContent).toBe('acme-17');
  });

  it('is nothing without a record', async () => {
    expect(findAll(await show(PlumblineRecordLink), 'a')).toEqual([]);
  });
});
