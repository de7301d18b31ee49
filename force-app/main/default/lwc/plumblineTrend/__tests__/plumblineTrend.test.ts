import { find, findAll, show, textOf } from 'plumbline/testing';
import PlumblineTrend from '../plumblineTrend';

describe('c-plumbline-trend', () => {
  it('draws a bar a day to the scale of the greatest, with what failed or is held at its foot', async () => {
    const trend = [
      { day: '2026-05-01', records: 1000, failed: 100, held: 150 },
      { day: '2026-05-02', records: 500, failed: 0, held: 0 },
    ];
    const element = await show(PlumblineTrend, { trend });
    const heights = (selector: string): (string | null)[] =>
      findAll(element, selector).map((bar) => bar.getAttribute('height'));
    expect(heights('.bar')).toEqual(['120', '60']);
    expect(heights('.trouble')).toEqual(['30', '0']);
    expect(textOf(element, '[data-day="2026-05-01"] title')).toBe('May 1: 1,000 records, 100 failed, 150 held');
    expect(find(element, 'svg').getAttribute('aria-label')).toBe(
      'The last 2 days: 1,500 records, 100 failed and 150 held.',
    );
    await expect(element).toBeAccessible();
  });

  it('says so when nothing has moved', async () => {
    const element = await show(PlumblineTrend, { trend: [{ day: '2026-05-01', records: 0, failed: 0, held: 0 }] });
    expect(find(element, 'c-plumbline-state')).toMatchObject({ empty: true });
  });
});
