import { find, findAll, show } from 'plumbline/testing';
import PlumblineAskedAt from '../plumblineAskedAt';

describe('c-plumbline-asked-at', () => {
  it('says how long ago it was asked, and the very time beside it', async () => {
    const time = new Date(Date.now() - 300_000).toISOString();
    const element = await show(PlumblineAskedAt, { time });
    expect(find(element, 'p').textContent).toBe('Asked 5 minutes ago. The draft was not changed since.');
    expect(find(element, 'p').title).toMatch(/\d:\d\d/);
    await expect(element).toBeAccessible();
  });

  it('is nothing for what was asked now', async () => {
    expect(findAll(await show(PlumblineAskedAt), 'p')).toEqual([]);
  });
});
