import { find, findAll, show } from 'plumbline/testing';
import PlumblineSystemLink from '../plumblineSystemLink';

describe('c-plumbline-system-link', () => {
  it('leads to the record in the other system, in a tab of its own that cannot reach back', async () => {
    const page = { system: 'Mailer', address: 'https://app.example.com/users/a%40example.com' };
    const element = await show(PlumblineSystemLink, { page });
    const link = find(element, 'a');
    expect(link.textContent).toBe('Open the record in Mailer');
    expect(link.getAttribute('href')).toBe(page.address);
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer']);
    await expect(element).toBeAccessible();
  });

  it.each([undefined, 'vbscript:alert(1)', 'data:text/html,x', '//example.com', ''])(
    'is nothing where there is no address of the web: %s',
    async (address) => {
      const element = await show(PlumblineSystemLink, {
        page: address === undefined ? undefined : { system: 'Mailer', address },
      });
      expect(findAll(element, 'a')).toEqual([]);
    },
  );
});
