import { find, findAll, show, textOf } from 'plumbline/testing';
import PlumblineApiUse from '../plumblineApiUse';

const usage = { used: 20_000, max: 100_000, forecast: 50_000, reserve: 20_000 };

describe('c-plumbline-api-use', () => {
  it('tells what is used, what it comes to and what is kept for people', async () => {
    const element = await show(PlumblineApiUse, { usage });
    expect(find(element, '[role=meter]').getAttribute('aria-valuenow')).toBe('20');
    expect(textOf(element, '[data-id=used]')).toBe('20,000 of 100,000 calls used today.');
    expect(textOf(element, '[data-id=forecast]')).toMatch(/50,000/);
    expect(textOf(element, '[data-id=reserve]')).toMatch(/20,000/);
    expect(findAll(element, 'c-plumbline-notice')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it.each([
    [{ ...usage, forecast: 85_000 }, /at this pace/i],
    [{ ...usage, used: 81_000 }, /are kept for people.*waits/],
  ])('warns when the reserve will be or is reached', async (each, message) => {
    const element = await show(PlumblineApiUse, { usage: each });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({
      variant: 'warning',
      message: expect.stringMatching(message) as string,
    });
    await expect(element).toBeAccessible();
  });

  it('gives no forecast that the org does not give', async () => {
    const element = await show(PlumblineApiUse, { usage: { ...usage, forecast: null } });
    expect(findAll(element, '.forecast')).toEqual([]);
  });
});
