import { find, findAll, show, textOf } from 'plumbline/testing';
import PlumblineCounts from '../plumblineCounts';
import type { Counts } from 'plumbline/health';

const balanced: Counts = {
  read: 2100,
  created: 1000,
  updated: 500,
  unchanged: 300,
  skipped: 200,
  held: 60,
  failed: 40,
  balanced: true,
};

describe('c-plumbline-counts', () => {
  it('N-05: shows read and the six outcomes, and that they balance', async () => {
    const element = await show(PlumblineCounts, { counts: balanced });
    const shown = findAll(element, '[data-count]').map((row) => row.textContent);
    expect(shown).toEqual([
      'Read2,100',
      'Created1,000',
      'Updated500',
      'Unchanged300',
      'Skipped200',
      'Held60',
      'Failed40',
    ]);
    expect(textOf(element, '[data-id=balance]')).toBe(
      'Every record is accounted for: 2,100 read = 1,000 + 500 + 300 + 200 + 60 + 40.',
    );
    await expect(element).toBeAccessible();
  });

  it.each([
    { ...balanced, failed: 41 },
    { ...balanced, balanced: false },
  ])('N-05: says aloud when they do not balance', async (counts) => {
    const element = await show(PlumblineCounts, { counts });
    const notice = find(element, '[data-id=imbalance]');
    expect(notice).toMatchObject({ variant: 'error', message: expect.stringMatching(/do not balance: 2,100 read/) });
    await expect(element).toBeAccessible();
  });
});
